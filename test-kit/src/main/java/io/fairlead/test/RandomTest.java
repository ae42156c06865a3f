package io.fairlead.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A test that takes a {@code long seed} and makes its case of it, with {@code new Random(seed)} and nothing else that
 * is random. Each run has other seeds. The message of a failure begins with the seed; {@code -Dseed=NUMBER} runs every
 * such test with that seed only.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@ArgumentsSource(SeedProvider.class)
@ExtendWith(SeedInMessage.class)
public @interface RandomTest {
    /** How many seeds, at least 1. */
    int tries();
}

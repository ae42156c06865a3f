package io.fairlead.test;

import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The seeds of a {@link RandomTest}: new ones, or the one that the command line gives. */
final class SeedProvider extends AnnotationBasedArgumentsProvider<RandomTest> {
    static final String PROPERTY = "seed";

    @Override
    protected Stream<? extends Arguments> provideArguments(
            ParameterDeclarations parameters, ExtensionContext context, RandomTest test) {
        String given = System.getProperty(PROPERTY);
        LongStream seeds = given == null ? new Random().longs(test.tries()) : LongStream.of(Long.parseLong(given));
        return seeds.mapToObj(Arguments::of);
    }
}

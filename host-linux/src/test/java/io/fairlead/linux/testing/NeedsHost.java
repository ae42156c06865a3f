package io.fairlead.linux.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The needs of a test on the host. On a host without them the test is skipped and says why; with the environment
 * variable {@code FAIRLEAD_REQUIRE_HOST=1}, which continuous integration sets, it fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(NeedsHostCondition.class)
public @interface NeedsHost {
    HostFeature[] value() default {};

    /** Programs that must be on the PATH, such as {@code crun}. */
    String[] programs() default {};
}

package io.fairlead.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A case: runs once on Fairlead and once on libvirt's own LXC driver, each given as a parameter of type
 * {@link io.fairlead.conformance.server.Server}. A case that fails on libvirt's own driver is a wrong case, unless it
 * says in {@link #notTheOracle} which feature that driver lacks.
 *
 * <p>All cases of a class share one daemon of each kind. Domains a case leaves are removed after it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(Cases.class)
public @interface Case {

    /** Why libvirt's own driver cannot take this case; empty when it does. */
    String notTheOracle() default "";
}

package io.fairlead.test;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Puts the seed in front of the message of a failure: build logs show the number of a case, but not its arguments. */
final class SeedInMessage implements InvocationInterceptor {
    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable e) { // whatever it is: with its cause, it loses nothing
            throw new AssertionError(
                    "-D%s=%s: %s"
                            .formatted(
                                    SeedProvider.PROPERTY, method.getArguments().get(0), e),
                    e);
        }
    }
}

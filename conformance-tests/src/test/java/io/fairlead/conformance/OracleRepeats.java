package io.fairlead.conformance;

import io.fairlead.conformance.server.Server;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * A case that libvirt's own driver never passes is a wrong case. A case that it passes only sometimes is not wrong: at
 * times that driver loses a message of the process beside a container, such as the pid of its init or its end. So a
 * failed case is tried again there. Fairlead has one try.
 */
final class OracleRepeats implements InvocationInterceptor {
    private static final int TRIES = 3;

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw e; // it cannot run here
        } catch (AssertionError | Exception e) {
            repeat(method, e);
        }
    }

    private static void repeat(ReflectiveInvocationContext<Method> method, Throwable first) throws Throwable {
        for (int n = 2; n <= TRIES; n++) {
            System.err.printf(
                    "%s failed on libvirt's own driver, try %d follows: %s%n",
                    method.getExecutable().getName(), n, first.getMessage());
            server(method).wipe();
            try {
                method.getExecutable()
                        .invoke(
                                method.getTarget().orElseThrow(),
                                method.getArguments().toArray());
                return;
            } catch (InvocationTargetException e) {
                first.addSuppressed(e.getCause());
            }
        }
        throw first;
    }

    private static Server server(ReflectiveInvocationContext<Method> method) {
        return (Server) method.getArguments().get(0);
    }
}

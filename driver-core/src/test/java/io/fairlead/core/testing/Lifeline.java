package io.fairlead.core.testing;

import io.fairlead.core.fault.DaemonKilled;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** One daemon's way to everything that outlives it. Once it is cut, no thread of that daemon can change anything. */
final class Lifeline {
    private volatile boolean cut;

    void cut() {
        cut = true;
    }

    /** The port as this daemon sees it. */
    <T> T to(Class<T> port, T real) {
        Object guarded =
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, arguments) -> {
                    if (cut && method.getDeclaringClass() != Object.class) {
                        throw new DaemonKilled(method.getName());
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return port.cast(guarded);
    }
}

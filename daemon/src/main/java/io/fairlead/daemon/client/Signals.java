package io.fairlead.daemon.client;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals that this process reacts to, through {@code sun.misc.Signal}. Java has no other way; the compiler warns of
 * the class, and warnings are errors here, so it is called by reflection.
 */
final class Signals {
    private Signals() {}

    /**
     * Runs an action at each signal of that name, on a thread of its own.
     *
     * @param name such as WINCH
     * @return false if this virtual machine cannot; the signal then acts as before
     */
    static boolean on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return ofObject(self, method, arguments);
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** The methods that every object has: the virtual machine may print or compare handlers. */
    private static Object ofObject(Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "handler of a signal";
        };
    }
}

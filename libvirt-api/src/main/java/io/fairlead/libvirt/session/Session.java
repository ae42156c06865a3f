package io.fairlead.libvirt.session;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.libvirt.error.Errors;
import io.fairlead.rpc.server.Call;
import io.fairlead.rpc.server.Connection;

/**
 * The state of a client's connection between calls: whether it is open, its URI, and its registrations for events.
 */
public final class Session {
    private static final Object KEY = Session.class;

    private final Registrations registrations;
    private String uri;
    private boolean closed;
    private boolean closeCallback;

    private Session(Registrations registrations) {
        this.registrations = registrations;
    }

    public static Session of(Call call) {
        return of(call.connection());
    }

    public static Session of(Connection connection) {
        return (Session) connection
                .attributes()
                .computeIfAbsent(KEY, key -> new Session(new Registrations(connection.subscriptions())));
    }

    public synchronized void open(String name) {
        if (uri != null || closed) {
            throw Errors.rpc(ErrorCode.INTERNAL_ERROR, "connection already %s".formatted(closed ? "closed" : "open"));
        }
        uri = name;
    }

    public synchronized void close() {
        uri = null;
        closed = true;
        closeCallback = false;
        registrations.clear();
    }

    public void requireOpen() {
        uri();
    }

    public synchronized String uri() {
        if (uri == null) {
            throw Errors.rpc(ErrorCode.INTERNAL_ERROR, "connection not open");
        }
        return uri;
    }

    public Registrations registrations() {
        return registrations;
    }

    public synchronized void wantsCloseCallback(boolean wanted) {
        if (wanted == closeCallback) {
            throw Errors.rpc(
                    wanted ? ErrorCode.OPERATION_INVALID : ErrorCode.OPERATION_FAILED,
                    wanted ? "A close callback is already registered" : "no close callback is registered");
        }
        closeCallback = wanted;
    }

    synchronized boolean wantsCloseCallback() {
        return closeCallback;
    }
}

package io.fairlead.libvirt.session;

import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectEventConnectionClosedMsg;
import io.fairlead.rpc.server.Connection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The connections that are open now, for messages to all of them. */
public final class Sessions {
    /** VIR_CONNECT_CLOSE_REASON_EOF: the server ended, without a fault of the client. */
    private static final int REASON_EOF = 1;

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    public void add(Connection connection) {
        open.add(connection);
    }

    public void remove(Connection connection) {
        open.remove(connection);
    }

    public void forEach(Consumer<Connection> action) {
        open.forEach(action);
    }

    /** Whether any client has registered for any event. */
    public boolean areListening() {
        for (Connection connection : open) {
            if (!Session.of(connection).registrations().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Notifies clients with a close callback that the server is about to end. */
    public void announceClose() {
        open.forEach(connection -> {
            if (Session.of(connection).wantsCloseCallback()) {
                connection.send(
                        ConnectionCalls.CONNECT_EVENT_CONNECTION_CLOSED,
                        new ConnectEventConnectionClosedMsg(REASON_EOF));
            }
        });
    }
}

package io.fairlead.libvirt;

import io.fairlead.rpc.protocol.Connections;
import io.fairlead.rpc.protocol.Connections.ConnectEventConnectionClosedMsg;
import io.fairlead.rpc.server.Connection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The connections that are open now, for what concerns them all. */
final class Sessions {
    /** VIR_CONNECT_CLOSE_REASON_EOF: the server went, not the client's fault. */
    private static final int REASON_EOF = 1;

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    void add(Connection connection) {
        open.add(connection);
    }

    void remove(Connection connection) {
        open.remove(connection);
    }

    void forEach(Consumer<Connection> action) {
        open.forEach(action);
    }

    /** Whether any client wants to be told of anything. */
    boolean areListening() {
        for (Connection connection : open) {
            if (!Session.of(connection).registrations().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Tells those who asked for it that the server is about to go. */
    void announceClose() {
        open.forEach(connection -> {
            if (Session.of(connection).wantsCloseCallback()) {
                connection.send(
                        Connections.CONNECT_EVENT_CONNECTION_CLOSED, new ConnectEventConnectionClosedMsg(REASON_EOF));
            }
        });
    }
}

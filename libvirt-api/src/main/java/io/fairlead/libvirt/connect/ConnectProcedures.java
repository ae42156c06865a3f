package io.fairlead.libvirt.connect;

import io.fairlead.libvirt.node.HostFacts;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.libvirt.session.Session;
import io.fairlead.libvirt.session.Sessions;
import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectGetHostnameRet;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectGetLibVersionRet;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectGetTypeRet;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectGetUriRet;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectGetVersionRet;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectIsSecureRet;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectOpenArgs;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectSupportsFeatureArgs;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectSupportsFeatureRet;
import io.fairlead.rpc.server.Call;
import io.fairlead.rpc.server.Connection;
import io.fairlead.rpc.server.Execution;
import io.fairlead.rpc.server.NoAuthentication;
import io.fairlead.rpc.server.Procedure;
import java.util.Set;
import java.util.function.Consumer;

/** Opening, closing, and questions about the connection itself. */
public final class ConnectProcedures {
    /** The newest libvirt version whose calls are all known here by number; clients choose their calls by it. */
    private static final long LIBVIRT_VERSION = 9_000_000;

    private static final int OPEN_READ_ONLY = 1;
    private static final int FEATURE_KEEPALIVE = 10;

    /**
     * Descriptors in messages (8), string parameters (9), keepalive, event callback ids (14), close callback (15),
     * right order of network-update's arguments (16). All others are about migration.
     */
    private static final Set<Integer> FEATURES = Set.of(8, 9, FEATURE_KEEPALIVE, 14, 15, 16);

    private final HostFacts host;
    private final Sessions sessions;
    private final Consumer<Connection> onGone;

    /** @param onGone called for every connection that ends after it was opened */
    public ConnectProcedures(HostFacts host, Sessions sessions, Consumer<Connection> onGone) {
        this.host = host;
        this.sessions = sessions;
        this.onGone = onGone;
    }

    public void addTo(Table table) {
        NoAuthentication.procedures().forEach(table::beforeOpen);
        table.beforeOpen(Procedure.of(ConnectionCalls.CONNECT_OPEN, Execution.INLINE, this::open));
        table.beforeOpen(Procedure.of(ConnectionCalls.CONNECT_CLOSE, Execution.INLINE, (call, none) -> close(call)));
        table.beforeOpen(
                Procedure.of(ConnectionCalls.CONNECT_SUPPORTS_FEATURE, Execution.INLINE, this::supportsFeature));
        table.inline(ConnectionCalls.CONNECT_GET_TYPE, (call, none) -> new ConnectGetTypeRet("LXC"));
        table.inline(
                ConnectionCalls.CONNECT_GET_URI,
                (call, none) -> new ConnectGetUriRet(Session.of(call).uri()));
        table.inline(
                ConnectionCalls.CONNECT_GET_LIB_VERSION, (call, none) -> new ConnectGetLibVersionRet(LIBVIRT_VERSION));
        table.inline(
                ConnectionCalls.CONNECT_GET_VERSION,
                (call, none) -> new ConnectGetVersionRet(host.kernelVersion().number()));
        table.worker(ConnectionCalls.CONNECT_GET_HOSTNAME, (call, none) -> new ConnectGetHostnameRet(host.hostname()));
        // Both transports are secure: a unix socket never leaves the machine, and TCP is only served with TLS.
        table.inline(ConnectionCalls.CONNECT_IS_SECURE, (call, none) -> new ConnectIsSecureRet(1));
        table.inline(ConnectionCalls.CONNECT_REGISTER_CLOSE_CALLBACK, (call, none) -> closeCallback(call, true));
        table.inline(ConnectionCalls.CONNECT_UNREGISTER_CLOSE_CALLBACK, (call, none) -> closeCallback(call, false));
    }

    private Void open(Call call, ConnectOpenArgs args) {
        Connection connection = call.connection();
        Session.of(connection).open(ConnectionName.accepted(args.name()));
        // Other bits are for the client itself: an unprivileged client sends two that mean nothing to a server.
        if (Flags.has(args.flags(), OPEN_READ_ONLY)) {
            connection.restrictToReadOnly();
        }
        sessions.add(connection);
        connection.onClose(() -> gone(connection));
        return null;
    }

    private void gone(Connection connection) {
        sessions.remove(connection);
        Session.of(connection).close();
        onGone.accept(connection);
    }

    private static Void close(Call call) {
        Session.of(call).close();
        return null;
    }

    private ConnectSupportsFeatureRet supportsFeature(Call call, ConnectSupportsFeatureArgs args) {
        if (args.feature() == FEATURE_KEEPALIVE) { // asked before open
            call.connection().enableKeepAlive();
        } else {
            Session.of(call).requireOpen();
        }
        return new ConnectSupportsFeatureRet(FEATURES.contains(args.feature()) ? 1 : 0);
    }

    private static Void closeCallback(Call call, boolean wanted) {
        Session.of(call).wantsCloseCallback(wanted);
        return null;
    }
}

package io.fairlead.daemon.rehearsal;

import io.fairlead.daemon.client.DaemonConnection;
import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectSupportsFeatureArgs;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.wire.RpcException;
import java.io.IOException;
import java.nio.file.Path;

/** A libvirt client with one connection that makes one call after another, in the order of libvirt's own library. */
final class RehearsalClient implements AutoCloseable {
    /** VIR_DRV_FEATURE_REMOTE_EVENT_CALLBACK and _REMOTE_CLOSE_CALLBACK, which the library asks about when it opens. */
    private static final int[] ASKED_FEATURES = {14, 15};

    private final DaemonConnection connection;

    private RehearsalClient(DaemonConnection connection) {
        this.connection = connection;
    }

    static RehearsalClient open(Path socket) throws IOException {
        RehearsalClient client = new RehearsalClient(DaemonConnection.open(socket));
        try {
            for (int feature : ASKED_FEATURES) {
                client.call(ConnectionCalls.CONNECT_SUPPORTS_FEATURE, new ConnectSupportsFeatureArgs(feature));
            }
            return client;
        } catch (IOException | RuntimeException e) {
            client.connection.close();
            throw e;
        }
    }

    /** @throws RpcException the error that the call was answered with */
    <A, R> R call(Signature<A, R> signature, A args) throws IOException {
        return connection.call(signature, args);
    }

    @Override
    public void close() throws IOException {
        call(ConnectionCalls.CONNECT_CLOSE, null);
        connection.close();
    }
}

package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The open streams of a connection, by the serial of the call that opened them. */
final class StreamTable {
    private final ServerConnection connection;
    private final ServerContext server;
    private final Map<Integer, ServerStream> streams = new ConcurrentHashMap<>();
    private static final int UNCONSUMED_MAX = 4 << 20;

    // Below: only touched on the event loop.
    private int blocked; // streams whose incoming data waits
    private int unconsumed; // of all streams
    private boolean full;

    StreamTable(ServerConnection connection, ServerContext server) {
        this.connection = connection;
        this.server = server;
    }

    ServerStream open(MessageHeader call, StreamListener listener, boolean sparse) {
        ServerStream stream = new ServerStream(connection, server.failures(), call, listener, sparse);
        if (streams.size() >= server.settings().streamsPerConnection()) {
            throw new RpcException(RpcError.RPC, RpcError.FROM_RPC, "too many open streams on this connection");
        }
        if (streams.putIfAbsent(call.serial(), stream) != null) {
            throw new RpcException(
                    RpcError.RPC, RpcError.FROM_RPC, "serial %d has an open stream".formatted(call.serial()));
        }
        server.counters().streams.incrementAndGet();
        if (!connection.isOpen()) {
            connection.onLoop(
                    () -> stream.abort(StreamListener.Abort.CONNECTION_CLOSED)); // closed() may have been missed
        }
        return stream;
    }

    /** Packets for closed streams are dropped without a log line: they were on their way when the stream died. */
    void incoming(Packet packet) {
        ServerStream stream = streams.get(packet.header().serial());
        if (stream != null && stream.matches(packet.header())) {
            stream.incoming(packet);
        }
    }

    void remove(ServerStream stream) {
        if (streams.remove(stream.serial(), stream)) {
            server.counters().streams.decrementAndGet();
        }
    }

    void block() {
        blocked++;
        connection.pause(ServerConnection.Pause.STREAMS);
    }

    void unblock() {
        blocked--;
        resume();
    }

    /** Data that a stream keeps: its packet has been charged until now. */
    void received(int bytes) {
        connection.share().bytes().count(bytes);
        unconsumed += bytes;
        if (!full && unconsumed > UNCONSUMED_MAX) {
            full = true;
            connection.pause(ServerConnection.Pause.STREAMS);
        }
    }

    void consumed(int bytes) {
        connection.share().bytes().giveBack(bytes);
        unconsumed -= bytes;
        if (full && unconsumed <= UNCONSUMED_MAX / 2) {
            full = false;
            resume();
        }
    }

    private void resume() {
        if (blocked == 0 && !full) {
            connection.resume(ServerConnection.Pause.STREAMS);
        }
    }

    void connectionClosed() {
        List.copyOf(streams.values()).forEach(stream -> stream.abort(StreamListener.Abort.CONNECTION_CLOSED));
    }
}

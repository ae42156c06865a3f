package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.Fd;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call from its arrival to its one reply. */
final class CallContext implements Call {
    private final ServerConnection connection;
    private final ServerContext server;
    private final MessageHeader header;
    private final List<Fd> receivedFds;
    private final AtomicBoolean answered = new AtomicBoolean();
    private List<Fd> replyFds = List.of();
    private ServerStream stream;

    CallContext(ServerConnection connection, ServerContext server, MessageHeader header, List<Fd> receivedFds) {
        this.connection = connection;
        this.server = server;
        this.header = header;
        this.receivedFds = receivedFds;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public MessageHeader header() {
        return header;
    }

    @Override
    public List<Fd> receivedFds() {
        return receivedFds;
    }

    @Override
    public void replyWithFds(List<Fd> fds) {
        replyFds.forEach(Fd::close);
        replyFds = List.copyOf(fds);
        if (!connection.canPassFds()) {
            throw new RpcException(RpcError.RPC, RpcError.FROM_RPC, "descriptors can only be passed on a unix socket");
        }
        if (fds.size() > Fd.PER_MESSAGE_MAX) {
            throw new IllegalArgumentException(
                    "descriptors: %d (expected: at most %d)".formatted(fds.size(), Fd.PER_MESSAGE_MAX));
        }
    }

    @Override
    public RpcStream openStream(StreamListener listener, boolean sparse) {
        if (stream != null) {
            throw new IllegalStateException("the call has a stream");
        }
        stream = connection.streams().open(header, listener, sparse);
        return stream;
    }

    @Override
    public void runStream(boolean sparse, StreamTask task) {
        openStream(new BlockingStream().listener(server.workers().streams(), task), sparse);
    }

    <R> void succeed(Class<R> type, R reply) {
        boolean passing = !replyFds.isEmpty();
        ByteBuf packet;
        try {
            MessageHeader answer =
                    header.answer(passing ? MessageType.REPLY_WITH_FDS : MessageType.REPLY, MessageStatus.OK);
            packet = connection.packets().withFds(answer, passing ? replyFds.size() : -1, type, reply);
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        if (!answered.compareAndSet(false, true)) {
            packet.release();
            return;
        }
        answer(packet, passing ? replyFds : List.of(), true);
    }

    void fail(Throwable failure) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        RpcError error = server.failures().toError(failure, this);
        replyFds.forEach(Fd::close);
        MessageHeader answer = header.answer(MessageType.REPLY, MessageStatus.ERROR);
        answer(connection.packets().of(answer, RpcError.class, error), List.of(), false);
    }

    /** In one task, so that the stream runs before the client, having the reply, can send its first data. */
    private void answer(ByteBuf packet, List<Fd> fds, boolean success) {
        connection.onLoop(() -> {
            if (fds.isEmpty()) {
                connection.write(packet);
            } else {
                connection.writeWithFds(packet, fds);
            }
            receivedFds.forEach(Fd::close);
            if (stream != null && success) {
                stream.start();
            } else if (stream != null) {
                stream.abort(StreamListener.Abort.CALL_FAILED);
            }
            connection.callEnded(); // last: it may read on, and meet packets of the stream
        });
    }

    @Override
    public String toString() {
        return "call %d of procedure %d on %s".formatted(header.serial(), header.procedure(), connection);
    }
}

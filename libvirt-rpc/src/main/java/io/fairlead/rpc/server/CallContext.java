package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.PassedFd;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import io.fairlead.rpc.xdr.TooLongException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call from its arrival to its one reply. */
final class CallContext implements Call {
    private final ServerConnection connection;
    private final ServerContext server;
    private final MessageHeader header;
    private final List<PassedFd> receivedFds;
    private final long charge;
    private final AtomicBoolean answered = new AtomicBoolean();
    private List<PassedFd> replyFds = List.of();
    private ServerStream stream;

    /** Takes over the packet's descriptors and its charge, for the arguments, until the call is answered. */
    CallContext(ServerConnection connection, ServerContext server, Packet packet) {
        this.connection = connection;
        this.server = server;
        this.header = packet.header();
        this.receivedFds = packet.fds();
        this.charge = packet.keepCharge();
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
    public List<PassedFd> receivedFds() {
        return receivedFds;
    }

    @Override
    public void replyWithFds(List<PassedFd> fds) {
        replyFds.forEach(PassedFd::close);
        replyFds = List.copyOf(fds);
        if (!connection.canPassFds()) {
            throw new RpcException(RpcError.RPC, RpcError.FROM_RPC, "descriptors can only be passed on a unix socket");
        }
        if (fds.size() > PassedFd.PER_MESSAGE_MAX) {
            throw new IllegalArgumentException(
                    "descriptors: %d (expected: at most %d)".formatted(fds.size(), PassedFd.PER_MESSAGE_MAX));
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
        openStream(new BlockingStream().listener(connection.share().streams(), task), sparse);
    }

    <R> void succeed(Class<R> type, R reply) {
        boolean passing = !replyFds.isEmpty();
        ByteBuf packet;
        try {
            MessageHeader answer =
                    header.answer(passing ? MessageType.REPLY_WITH_FDS : MessageType.REPLY, MessageStatus.OK);
            packet = connection.packets().withFds(answer, passing ? replyFds.size() : -1, type, reply);
        } catch (TooLongException e) {
            fail(new RpcException(
                    RpcError.RPC, RpcError.FROM_RPC, "the answer is too long to be sent: " + e.getMessage()));
            return;
        } catch (Throwable e) { // such as no memory for the packet
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
        replyFds.forEach(PassedFd::close);
        answer(error(failure), List.of(), false);
    }

    /**
     * Returns null when there is no memory for even that: an unanswered client would wait for ever, so it is let go.
     */
    private ByteBuf error(Throwable failure) {
        try {
            RpcError error =
                    server.failures().toError(failure, this, connection.share().log());
            return connection
                    .packets()
                    .of(header.answer(MessageType.REPLY, MessageStatus.ERROR), RpcError.class, error);
        } catch (Throwable e) {
            server.counters().failures.incrementAndGet();
            connection.share().log().error("{}: dropped: its failure cannot be told", this, e);
            return null;
        }
    }

    /** In one task, so that the stream runs before the client, having the reply, can send its first data. */
    private void answer(ByteBuf packet, List<PassedFd> fds, boolean success) {
        connection.onLoop(() -> {
            try {
                send(packet, fds);
                receivedFds.forEach(PassedFd::close);
                if (stream != null && success) {
                    stream.start();
                } else if (stream != null) {
                    stream.abort(StreamListener.Abort.CALL_FAILED);
                }
            } finally {
                connection.share().bytes().giveBack(charge);
                connection.callEnded(); // last: it may read on, and meet packets of the stream
            }
        });
    }

    private void send(ByteBuf packet, List<PassedFd> fds) {
        if (packet == null) {
            connection.drop();
        } else if (fds.isEmpty()) {
            connection.write(packet);
        } else {
            connection.writeWithFds(packet, fds);
        }
    }

    @Override
    public String toString() {
        return "call %d of procedure %d on %s".formatted(header.serial(), header.procedure(), connection);
    }
}

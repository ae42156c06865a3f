package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import io.fairlead.rpc.wire.StreamHole;
import io.fairlead.rpc.xdr.XdrCodec;
import io.fairlead.rpc.xdr.XdrException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One stream. Its state changes on the event loop only, so that a packet, an abort and a failure cannot cross. Packets
 * from other threads go through the loop's queue, and so keep their order.
 */
final class ServerStream implements RpcStream {
    private static final int FULL_PACKET = CHUNK_MAX + Packet.OVERHEAD;
    private static final int UNSENT_MAX = 3 * FULL_PACKET;
    private static final int UNCONSUMED_MAX = 4 * FULL_PACKET;
    private static final int FROM_STREAMS = 38;

    private enum State {
        OPENING, // the reply of the opening call is not on its way yet
        OPEN,
        CLOSED
    }

    private final ServerConnection connection;
    private final Failures failures;
    private final MessageHeader call;
    private final StreamListener listener;
    private final boolean sparse;
    private final AtomicInteger unsent = new AtomicInteger();
    private volatile boolean refused;
    private volatile boolean ended;
    private volatile State state = State.OPENING;
    private boolean finishing;
    private int unconsumed;
    private boolean blocking;

    ServerStream(
            ServerConnection connection,
            Failures failures,
            MessageHeader call,
            StreamListener listener,
            boolean sparse) {
        this.connection = connection;
        this.failures = failures;
        this.call = call;
        this.listener = listener;
        this.sparse = sparse;
    }

    int serial() {
        return call.serial();
    }

    boolean matches(MessageHeader header) {
        return header.program() == call.program() && header.procedure() == call.procedure();
    }

    @Override
    public boolean isOpen() {
        return state != State.CLOSED;
    }

    /** The reply is on its way. */
    void start() {
        if (state == State.OPENING) {
            state = State.OPEN;
            tell(() -> listener.writable(this));
        }
    }

    @Override
    public boolean offer(ByteBuffer data) {
        if (!maySendMore()) {
            return false;
        }
        while (data.hasRemaining()) {
            ByteBuffer chunk = data.slice().limit(Math.min(CHUNK_MAX, data.remaining()));
            data.position(data.position() + chunk.remaining());
            int bytes = chunk.remaining() + Packet.OVERHEAD;
            unsent.addAndGet(bytes);
            connection.write(
                    connection.packets().raw(call.answer(MessageType.STREAM, MessageStatus.CONTINUE), chunk),
                    () -> sent(bytes));
        }
        return true;
    }

    @Override
    public boolean offerHole(long length) {
        if (!sparse) {
            throw new IllegalStateException("the client did not agree to holes");
        }
        if (!maySendMore()) {
            return false;
        }
        unsent.addAndGet(Packet.OVERHEAD);
        connection.write(
                connection
                        .packets()
                        .of(
                                call.answer(MessageType.STREAM_HOLE, MessageStatus.CONTINUE),
                                StreamHole.class,
                                new StreamHole(length, 0)),
                () -> sent(Packet.OVERHEAD));
        return true;
    }

    private boolean maySendMore() {
        if (state != State.OPEN || ended) {
            return false;
        }
        if (unsent.get() >= UNSENT_MAX) {
            refused = true;
            return unsent.get() < UNSENT_MAX; // once more: sent() may have looked before refused was set
        }
        return true;
    }

    private void sent(int bytes) {
        if (unsent.addAndGet(-bytes) < UNSENT_MAX / 2 && refused) {
            refused = false;
            if (state == State.OPEN) {
                tell(() -> listener.writable(this));
            }
        }
    }

    @Override
    public void end() {
        connection.onLoop(() -> {
            if (state == State.OPEN && !ended) {
                ended = true;
                connection.write(connection.packets().empty(call.answer(MessageType.STREAM, MessageStatus.CONTINUE)));
            }
        });
    }

    @Override
    public void consumed(int bytes) {
        connection.onLoop(() -> {
            if (state == State.CLOSED) {
                return; // all was given back then
            }
            unconsumed -= bytes + Packet.OVERHEAD;
            connection.streams().consumed(bytes + Packet.OVERHEAD);
            if (blocking && unconsumed <= UNCONSUMED_MAX / 2) {
                unblock();
            }
        });
    }

    private void unblock() {
        blocking = false;
        connection.streams().unblock();
    }

    @Override
    public void complete() {
        connection.onLoop(() -> {
            if (state != State.CLOSED && !finishing) {
                // To a client, a finish without its request is fatal.
                throw new IllegalStateException("the client has not finished the stream");
            }
            if (state != State.CLOSED) {
                answerOk();
            }
        });
    }

    private void answerOk() {
        close();
        connection.write(connection.packets().empty(call.answer(MessageType.STREAM, MessageStatus.OK)));
    }

    @Override
    public void fail(Throwable cause) {
        connection.onLoop(() -> {
            if (state != State.CLOSED) {
                RpcError error =
                        failures.toError(cause, this, connection.share().log());
                close();
                tellClient(error);
                tell(() -> listener.aborted(this, StreamListener.Abort.FAILED));
            }
        });
    }

    private void tellClient(RpcError error) {
        try {
            connection.write(connection
                    .packets()
                    .of(call.answer(MessageType.STREAM, MessageStatus.ERROR), RpcError.class, error));
        } catch (Throwable e) { // no memory for even that: a client that is not told would wait for ever
            connection.share().log().error("{}: dropped: the failure of a stream cannot be told", connection, e);
            connection.drop();
        }
    }

    /** Closes without a word to the client. */
    void abort(StreamListener.Abort reason) {
        if (state != State.CLOSED) {
            close();
            tell(() -> listener.aborted(this, reason));
        }
    }

    private void close() {
        state = State.CLOSED;
        connection.streams().remove(this);
        connection.streams().consumed(unconsumed);
        unconsumed = 0;
        if (blocking) {
            unblock();
        }
    }

    void incoming(Packet packet) {
        int status = packet.header().status();
        if (packet.header().type() == MessageType.STREAM_HOLE) {
            hole(packet);
        } else if (status == MessageStatus.CONTINUE) {
            data(packet);
        } else if (status == MessageStatus.OK) {
            finish();
        } else {
            answerOk();
            tell(() -> listener.aborted(this, StreamListener.Abort.CLIENT_ABORTED));
        }
    }

    private void data(Packet packet) {
        int bytes = packet.payload().readableBytes();
        if (finishing || bytes == 0) {
            return;
        }
        received(bytes);
        tell(() -> listener.data(this, packet.payload()));
        blockIfTooMuch();
    }

    private void received(int bytes) {
        unconsumed += bytes + Packet.OVERHEAD;
        connection.streams().received(bytes + Packet.OVERHEAD);
    }

    private void blockIfTooMuch() {
        if (state != State.CLOSED && !blocking && unconsumed > UNCONSUMED_MAX) {
            blocking = true;
            connection.streams().block();
        }
    }

    private void hole(Packet packet) {
        try {
            StreamHole hole = XdrCodec.of(StreamHole.class).read(packet.payload());
            if (!sparse || hole.length() < 0) {
                fail(new RpcException(RpcError.RPC, FROM_STREAMS, "unexpected hole in a stream"));
            } else if (!finishing) {
                received(0);
                tell(() -> listener.hole(this, hole.length()));
                blockIfTooMuch();
            }
        } catch (XdrException e) {
            fail(new RpcException(RpcError.RPC, FROM_STREAMS, "unreadable hole in a stream: " + e.getMessage()));
        }
    }

    private void finish() {
        if (!finishing) {
            finishing = true;
            tell(() -> listener.finished(this));
        }
    }

    private void tell(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) { // such as no more threads
            fail(e);
        }
    }

    @Override
    public String toString() {
        return "stream %d of %s".formatted(call.serial(), connection);
    }
}

package io.fairlead.rpc.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.FileDescriptor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Cuts what arrives into {@link Packet}s and hands them on one by one; stops between two packets when told to.
 *
 * <p>A packet's memory grows as its bytes arrive, whatever its length claims. On a unix socket the descriptors of a
 * packet follow it, each beside a byte of its own, which a plain read would swallow; so the channel asks
 * {@link #neededBytes} and never reads further, and {@link #neededFds} says when it must receive descriptors instead.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
    private static final int SMALL_PACKET = 65_536; // not charged to the budget
    private static final int GROWTH = 4;

    private final boolean canReceiveFds;
    private final ByteBudget budget;
    private final Consumer<Boolean> receiveFds;
    private final Queue<ByteBuf> backlog = new ArrayDeque<>();
    private ByteBuf packet;
    private MessageHeader header;
    private long charged;
    private int neededFds;
    private List<Fd> fds = List.of();
    private boolean paused;
    private boolean draining;
    private boolean closed;
    private long startedNanos;

    /**
     * @param canReceiveFds whether descriptors can come on this channel at all
     * @param receiveFds told true when the next thing to read is a descriptor, false when it is bytes again
     */
    public FrameDecoder(boolean canReceiveFds, ByteBudget budget, Consumer<Boolean> receiveFds) {
        this.canReceiveFds = canReceiveFds;
        this.budget = budget;
        this.receiveFds = receiveFds;
    }

    /** How many bytes the packet that is arriving still needs, as far as is known; at least 1. */
    public int neededBytes() {
        int arrived = packet == null ? 0 : packet.readableBytes();
        return (header == null ? MessageHeader.BYTES : header.length()) - arrived;
    }

    /** Whether everything that arrived has been handed on. */
    public boolean isBetweenPackets() {
        return packet == null;
    }

    public int neededFds() {
        return neededFds;
    }

    /** When the packet that is arriving must be complete (System.nanoTime), or 0 when none is under way. */
    public long deadlineNanos(long graceNanos, long bytesPerSecondMin) {
        if (packet == null) {
            return 0;
        }
        long length = header == null ? MessageHeader.BYTES : header.length();
        return startedNanos + graceNanos + length * 1_000_000_000L / bytesPerSecondMin;
    }

    /** Hands on no packet after the one that is being handed on now. */
    public void pause() {
        paused = true;
    }

    /** Goes on handing on packets; some may be handed on before this returns. */
    public void resume(ChannelHandlerContext ctx) {
        paused = false;
        try {
            drain(ctx);
        } catch (ProtocolException e) {
            ctx.fireExceptionCaught(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof FileDescriptor descriptor) {
            receive(ctx, new Fd(descriptor));
            return;
        }
        backlog.add((ByteBuf) message);
        drain(ctx);
    }

    private void drain(ChannelHandlerContext ctx) {
        if (draining) {
            return; // called from within fireChannelRead below, which goes on by itself
        }
        draining = true;
        try {
            while (!paused && !closed && neededFds == 0 && !backlog.isEmpty()) {
                ByteBuf chunk = backlog.peek();
                consume(ctx, chunk);
                if (!closed && !chunk.isReadable()) {
                    backlog.remove().release();
                }
            }
        } finally {
            draining = false;
        }
    }

    private void consume(ChannelHandlerContext ctx, ByteBuf chunk) {
        if (packet == null) {
            packet = ctx.alloc().buffer(Math.max(MessageHeader.BYTES, Math.min(chunk.readableBytes(), SMALL_PACKET)));
            startedNanos = System.nanoTime();
        }
        int bytes = Math.min(neededBytes(), chunk.readableBytes());
        if (header != null && header.length() > SMALL_PACKET) {
            if (!budget.take(bytes)) {
                throw new ProtocolException(
                        "too much memory is taken by large packets (%d bytes)".formatted(budget.used()));
            }
            charged += bytes;
        }
        makeRoom(bytes);
        packet.writeBytes(chunk, bytes);
        if (header == null && packet.readableBytes() == MessageHeader.BYTES) {
            header = MessageHeader.read(packet.duplicate());
        }
        if (header != null && packet.readableBytes() == header.length()) {
            packet.skipBytes(MessageHeader.BYTES);
            expectFds(ctx);
        }
    }

    /** Once the length is known, by more than a buffer grows of itself: each time, all that has arrived is copied. */
    private void makeRoom(int bytes) {
        if (header != null && packet.writableBytes() < bytes) {
            int arrived = packet.readableBytes();
            packet.capacity(Math.min(header.length(), Math.max(arrived + bytes, arrived * GROWTH)));
        }
    }

    private void expectFds(ChannelHandlerContext ctx) {
        if (MessageType.hasFds(header.type())) {
            long count = packet.readableBytes() < Integer.BYTES ? -1 : packet.readUnsignedInt();
            if (!canReceiveFds || count < 0 || count > Fd.PER_MESSAGE_MAX) {
                throw new ProtocolException(
                        "descriptors: %d (expected: 0..%d, on a unix socket)".formatted(count, Fd.PER_MESSAGE_MAX));
            }
            neededFds = (int) count;
            fds = new ArrayList<>(neededFds);
        }
        if (neededFds > 0) {
            receiveFds.accept(true);
        } else {
            emit(ctx);
        }
    }

    private void receive(ChannelHandlerContext ctx, Fd fd) {
        if (neededFds == 0 || closed) {
            fd.close();
            return;
        }
        fds.add(fd);
        neededFds--;
        if (neededFds == 0) {
            receiveFds.accept(false);
            emit(ctx);
        }
    }

    private void emit(ChannelHandlerContext ctx) {
        Packet whole = new Packet(header, packet, fds, budget, charged);
        packet = null;
        header = null;
        charged = 0;
        fds = List.of();
        ctx.fireChannelRead(whole);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        release();
        super.channelInactive(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    /** Drops what has arrived of an unfinished packet; nothing is handed on afterwards. */
    private void release() {
        closed = true;
        neededFds = 0;
        if (packet != null) {
            packet.release();
            packet = null;
        }
        budget.giveBack(charged);
        charged = 0;
        fds.forEach(Fd::close);
        fds = List.of();
        while (!backlog.isEmpty()) {
            backlog.remove().release();
        }
    }
}

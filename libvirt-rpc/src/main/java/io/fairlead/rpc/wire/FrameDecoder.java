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
 * Cuts the arriving bytes into {@link Packet}s and hands them on one by one; stops between two packets when told to.
 *
 * <p>A packet's memory grows as its bytes arrive, not with its claimed length, and is taken from a budget as it is
 * allocated. On a unix socket the descriptors of a packet follow it, each beside a byte of its own, which a plain read
 * would swallow; so the channel asks {@link #neededBytes} and never reads further, and {@link #neededFds} says when it
 * must receive descriptors instead.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
    /** The treatment of descriptors that a client sends. */
    public enum Descriptors {
        RECEIVED,
        /** They are not taken from the kernel, which closes them; the call goes on without them. */
        LEFT,
        /** They cannot come on this kind of channel. */
        IMPOSSIBLE
    }

    private static final int FIRST_BYTES_MAX = 65_536;
    private static final int GROWTH = 4;

    private final Descriptors descriptors;
    private final Budget budget;
    private final Consumer<Boolean> receiveFds;
    private final Queue<ByteBuf> backlog = new ArrayDeque<>();
    private ByteBuf packet;
    private MessageHeader header;
    private long charged;
    private int backlogCharged;
    private int neededFds;
    private int unwantedFds;
    private List<PassedFd> fds = List.of();
    private boolean paused;
    private boolean draining;
    private boolean closed;
    private long startedNanos;

    /**
     * @param budget of bytes, from which the memory of packets is taken, see {@link Packet}
     * @param receiveFds told true when the next thing to read is a descriptor, false when it is bytes again
     */
    public FrameDecoder(Descriptors descriptors, Budget budget, Consumer<Boolean> receiveFds) {
        this.descriptors = descriptors;
        this.budget = budget;
        this.receiveFds = receiveFds;
    }

    /** How many bytes the packet that is arriving still needs, as far as is known; at least 1. */
    public int neededBytes() {
        if (unwantedFds > 0) {
            return unwantedFds;
        }
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
            receive(ctx, new PassedFd(descriptor));
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
            chargeBacklog();
        } finally {
            draining = false;
        }
    }

    /** The bytes kept here while the connection is paused. */
    private void chargeBacklog() {
        if (closed || backlog.isEmpty() && backlogCharged == 0) {
            return;
        }
        int kept = 0;
        for (ByteBuf chunk : backlog) {
            kept += chunk.capacity();
        }
        budget.giveBack(backlogCharged);
        backlogCharged = 0;
        require(kept);
        backlogCharged = kept;
    }

    private void require(long bytes) {
        if (!budget.take(bytes)) {
            throw new ProtocolException(
                    "too much memory is taken by its user's packets: %d bytes and %d more (allowed: %d, or what others leave)"
                            .formatted(budget.used(), bytes, budget.limit()));
        }
    }

    private void consume(ChannelHandlerContext ctx, ByteBuf chunk) {
        if (unwantedFds > 0) {
            int left = Math.min(unwantedFds, chunk.readableBytes());
            chunk.skipBytes(left);
            unwantedFds -= left;
            if (unwantedFds == 0) {
                emit(ctx);
            }
            return;
        }
        if (packet == null) {
            begin(ctx, Math.max(MessageHeader.BYTES, Math.min(chunk.readableBytes(), FIRST_BYTES_MAX)));
        }
        int bytes = Math.min(neededBytes(), chunk.readableBytes());
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

    private void begin(ChannelHandlerContext ctx, int bytes) {
        require(bytes + Packet.OVERHEAD);
        charged = bytes + Packet.OVERHEAD;
        packet = ctx.alloc().buffer(bytes);
        startedNanos = System.nanoTime();
    }

    /** Once the length is known, by more than a buffer grows by itself: each time, all arrived bytes are copied. */
    private void makeRoom(int bytes) {
        if (header == null || packet.writableBytes() >= bytes) {
            return;
        }
        int before = packet.capacity();
        int arrived = packet.readableBytes();
        long wanted = Math.max(arrived + bytes, (long) arrived * GROWTH);
        // The last step but one would cost more than the whole packet: the old memory stays until its bytes are copied.
        int after = wanted * GROWTH >= header.length() ? header.length() : (int) wanted;
        require(after);
        charged += after;
        packet.capacity(after);
        budget.giveBack(before);
        charged -= before;
    }

    private void expectFds(ChannelHandlerContext ctx) {
        if (MessageType.hasFds(header.type())) {
            long count = packet.readableBytes() < Integer.BYTES ? -1 : packet.readUnsignedInt();
            if (descriptors == Descriptors.IMPOSSIBLE || count < 0 || count > PassedFd.PER_MESSAGE_MAX) {
                throw new ProtocolException("descriptors: %d (expected: 0..%d, on a unix socket)"
                        .formatted(count, PassedFd.PER_MESSAGE_MAX));
            }
            if (descriptors == Descriptors.LEFT) {
                unwantedFds = (int) count;
            } else {
                require(count * Packet.OVERHEAD_PER_FD);
                charged += count * Packet.OVERHEAD_PER_FD;
                neededFds = (int) count;
                fds = new ArrayList<>(neededFds);
            }
        }
        if (neededFds > 0) {
            receiveFds.accept(true);
        } else if (unwantedFds == 0) {
            emit(ctx);
        }
    }

    private void receive(ChannelHandlerContext ctx, PassedFd fd) {
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

    /** Drops the arrived part of an unfinished packet; nothing is handed on afterwards. */
    private void release() {
        closed = true;
        neededFds = 0;
        unwantedFds = 0;
        if (packet != null) {
            packet.release();
            packet = null;
        }
        budget.giveBack(charged + backlogCharged);
        charged = 0;
        backlogCharged = 0;
        fds.forEach(PassedFd::close);
        fds = List.of();
        while (!backlog.isEmpty()) {
            backlog.remove().release();
        }
    }
}

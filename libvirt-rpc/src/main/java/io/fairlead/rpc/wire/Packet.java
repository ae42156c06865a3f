package io.fairlead.rpc.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * One whole packet as it arrived: the payload without the count of descriptors, and the descriptors.
 *
 * <p>Its memory is charged to a budget: the bytes of its buffer, whether filled or not, and something for the objects
 * around it.
 */
public final class Packet implements AutoCloseable {
    /** Bytes of heap for the objects that go with any packet, on its way in or out; measured, rounded up. */
    public static final int OVERHEAD = 256;

    /** The charge for a descriptor, in bytes: a budget of 1 MiB allows 64 descriptors. */
    public static final int OVERHEAD_PER_FD = 16_384;

    private final MessageHeader header;
    private final ByteBuf payload;
    private final List<PassedFd> fds;
    private final Budget budget;
    private long charged;

    Packet(MessageHeader header, ByteBuf payload, List<PassedFd> fds, Budget budget, long charged) {
        this.header = header;
        this.payload = payload;
        this.fds = fds;
        this.budget = budget;
        this.charged = charged;
    }

    public MessageHeader header() {
        return header;
    }

    /** Valid until {@link #close}. */
    public ByteBuf payload() {
        return payload;
    }

    /** Not closed with this packet: they belong to the call. */
    public List<PassedFd> fds() {
        return fds;
    }

    /**
     * Leaves this packet's charge to the caller, which gives it back to the budget: the arguments read from the packet
     * take as much.
     */
    public long keepCharge() {
        long kept = charged;
        charged = 0;
        return kept;
    }

    /** Gives the payload's memory back; to be called once. */
    @Override
    public void close() {
        payload.release();
        budget.giveBack(charged);
    }
}

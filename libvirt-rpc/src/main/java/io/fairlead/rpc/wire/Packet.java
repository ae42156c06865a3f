package io.fairlead.rpc.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** One whole packet as it arrived: the payload without the count of descriptors, and the descriptors. */
public final class Packet implements AutoCloseable {
    private final MessageHeader header;
    private final ByteBuf payload;
    private final List<Fd> fds;
    private final ByteBudget budget;
    private final long charged;

    Packet(MessageHeader header, ByteBuf payload, List<Fd> fds, ByteBudget budget, long charged) {
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
    public List<Fd> fds() {
        return fds;
    }

    /** Gives the payload's memory back; to be called once. */
    @Override
    public void close() {
        payload.release();
        budget.giveBack(charged);
    }
}

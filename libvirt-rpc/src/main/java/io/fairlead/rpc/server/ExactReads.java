package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.FrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Reads a unix socket up to the end of a packet and never past it.
 *
 * <p>A descriptor travels beside a byte behind its packet; a read that took that byte would lose the descriptor.
 */
final class ExactReads extends DefaultMaxMessagesRecvByteBufAllocator {
    /** As much as clients send of a stream at once. */
    private static final int READ_MAX = 262_144;

    private final FrameDecoder decoder;

    ExactReads(FrameDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's own allocators still return this Handle
    public Handle newHandle() {
        return new ExactHandle();
    }

    private final class ExactHandle extends MaxMessageHandle {
        private boolean receivingFds;

        @Override
        public int guess() {
            return Math.min(decoder.neededBytes(), READ_MAX);
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator alloc) {
            return alloc.ioBuffer(guess(), guess());
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreDataSupplier) {
            // The channel chooses between bytes and descriptors when a round of reading starts, not within it. And a
            // client mostly waits for its reply, so reading on after a whole packet would waste a system call.
            boolean sameMode = decoder.neededFds() > 0 == receivingFds;
            return sameMode && !decoder.isBetweenPackets() && super.continueReading(maybeMoreDataSupplier);
        }

        @Override
        public void reset(ChannelConfig config) {
            super.reset(config);
            receivingFds = decoder.neededFds() > 0;
        }
    }
}

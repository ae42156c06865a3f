package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.xdr.XdrCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/** Makes whole packets. */
final class Packets {
    private static final int USUAL_BYTES = 256;

    private final ByteBufAllocator allocator;

    Packets(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    ByteBuf empty(MessageHeader header) {
        return of(header, Void.class, null);
    }

    <T> ByteBuf of(MessageHeader header, Class<T> type, T body) {
        return withFds(header, -1, type, body);
    }

    /** @param fds how many descriptors follow the packet, or -1 when its type has no such count */
    <T> ByteBuf withFds(MessageHeader header, int fds, Class<T> type, T body) {
        ByteBuf packet = allocator.directBuffer(USUAL_BYTES);
        try {
            header.begin(packet);
            if (fds >= 0) {
                packet.writeInt(fds);
            }
            XdrCodec.of(type).write(packet, body);
            MessageHeader.finish(packet);
            return packet;
        } catch (RuntimeException e) {
            packet.release();
            throw e;
        }
    }

    ByteBuf raw(MessageHeader header, ByteBuffer data) {
        ByteBuf packet = allocator.directBuffer(MessageHeader.BYTES + data.remaining());
        header.begin(packet);
        packet.writeBytes(data);
        MessageHeader.finish(packet);
        return packet;
    }
}

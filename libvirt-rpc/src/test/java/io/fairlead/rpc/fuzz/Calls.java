package io.fairlead.rpc.fuzz;

import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.xdr.RandomRecords;
import io.fairlead.rpc.xdr.XdrCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;

/** Whole, correct packets with made-up arguments, the same ones in every run. Mutations start from them. */
final class Calls {
    private final RandomRecords records = new RandomRecords(new Random(1));
    private int serial;

    <A> ByteBuf call(Signature<A, ?> signature) {
        return packet(
                new MessageHeader(
                        0, signature.id().program(), 1, signature.id().number(), MessageType.CALL, serial++, 0),
                signature.args(),
                records.make(signature.args()));
    }

    /** Any packet; the length in the header is put right. */
    static <T> ByteBuf packet(MessageHeader header, Class<T> type, T payload) {
        ByteBuf packet = Unpooled.buffer();
        header.begin(packet);
        XdrCodec.of(type).write(packet, payload);
        MessageHeader.finish(packet);
        return packet;
    }

    /** A struct's bytes alone. */
    <T> byte[] struct(Class<T> type) {
        ByteBuf out = Unpooled.buffer();
        XdrCodec.of(type).write(out, records.make(type));
        return bytes(out);
    }

    static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes).release();
        return bytes;
    }
}

package io.fairlead.rpc.xdr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.rpc.protocol.Structs;
import io.fairlead.rpc.wire.RpcError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class XdrCodecPropertyTest {
    private static final int TRIES = 4000; // about ten for each of the structs

    @Provide
    Arbitrary<Class<?>> structs() {
        List<Class<?>> all = new ArrayList<>(Structs.records());
        all.add(RpcError.class);
        return Arbitraries.of(all);
    }

    @Property(tries = TRIES)
    void record_whenWrittenAndRead_isTheSame(@ForAll("structs") Class<?> type, @ForAll long seed) {
        ByteBuf bytes = write(type, seed);
        assertEquals(0, bytes.readableBytes() % 4);
        assertEquals(true, bytes.readableBytes() >= XdrCodec.of(type).minBytes());
        ByteBuf again = Unpooled.buffer();
        copy(type, bytes.duplicate(), again);
        assertEquals(bytes, again);
    }

    @Property(tries = TRIES)
    void record_whenTruncated_isRefused(@ForAll("structs") Class<?> type, @ForAll long seed) {
        ByteBuf bytes = write(type, seed);
        if (bytes.isReadable()) {
            int length = new Random(seed).nextInt(bytes.readableBytes());
            assertThrows(XdrException.class, () -> XdrCodec.of(type).read(bytes.slice(0, length)));
        }
    }

    @Property(tries = TRIES)
    void record_whenAWordIsHuge_isReadOrRefused_andNothingElse(@ForAll("structs") Class<?> type, @ForAll long seed) {
        ByteBuf bytes = write(type, seed);
        for (int at = 0; at < bytes.readableBytes(); at += 4) {
            for (int huge : new int[] {-1, Integer.MAX_VALUE, 4_194_304, 16_384}) {
                ByteBuf changed = bytes.copy().setInt(at, huge);
                try {
                    XdrCodec.of(type).read(changed);
                } catch (XdrException e) {
                    continue; // refused
                }
            }
        }
    }

    private static <T> ByteBuf write(Class<T> type, long seed) {
        ByteBuf bytes = Unpooled.buffer();
        XdrCodec.of(type).write(bytes, new RandomRecords(new Random(seed)).make(type));
        return bytes;
    }

    private static <T> void copy(Class<T> type, ByteBuf in, ByteBuf out) {
        XdrCodec.of(type).write(out, XdrCodec.of(type).read(in));
    }
}

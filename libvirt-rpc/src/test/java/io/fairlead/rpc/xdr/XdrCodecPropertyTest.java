package io.fairlead.rpc.xdr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.rpc.protocol.Structs;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.test.RandomTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class XdrCodecPropertyTest {
    private static final int TRIES = 10;

    /** A check of one struct with one value. */
    private interface Check {
        void on(Class<?> type, ByteBuf bytes);
    }

    /** Every struct of the protocol, each with a value of its own. */
    private static void forEachStruct(Random random, Check check) {
        List<Class<?>> all = new ArrayList<>(Structs.records());
        all.add(RpcError.class);
        for (Class<?> type : all) {
            check.on(type, write(type, random));
        }
    }

    @RandomTest(tries = TRIES)
    void record_whenWrittenAndRead_isTheSame(long seed) {
        forEachStruct(new Random(seed), (type, bytes) -> {
            assertEquals(0, bytes.readableBytes() % 4, type.getName());
            assertTrue(bytes.readableBytes() >= XdrCodec.of(type).minBytes(), type.getName());
            ByteBuf again = Unpooled.buffer();
            copy(type, bytes.duplicate(), again);
            assertEquals(bytes, again, type.getName());
        });
    }

    @RandomTest(tries = TRIES)
    void record_whenTruncated_isRefused(long seed) {
        Random random = new Random(seed);
        forEachStruct(random, (type, bytes) -> {
            if (bytes.isReadable()) {
                int length = random.nextInt(bytes.readableBytes());
                assertThrows(
                        XdrException.class, () -> XdrCodec.of(type).read(bytes.slice(0, length)), () -> "%s of %d bytes"
                                .formatted(type.getName(), length));
            }
        });
    }

    @RandomTest(tries = TRIES)
    void record_whenAWordIsHuge_isReadOrRefused_andNothingElse(long seed) {
        forEachStruct(new Random(seed), (type, bytes) -> {
            for (int at = 0; at < bytes.readableBytes(); at += 4) {
                for (int huge : new int[] {-1, Integer.MAX_VALUE, 4_194_304, 16_384}) {
                    readOrRefuse(type, bytes.copy().setInt(at, huge));
                }
            }
        });
    }

    private static void readOrRefuse(Class<?> type, ByteBuf bytes) {
        try {
            XdrCodec.of(type).read(bytes);
        } catch (XdrException e) {
            assertNotNull(e.getMessage()); // refused with a reason
        }
    }

    private static <T> ByteBuf write(Class<T> type, Random random) {
        ByteBuf bytes = Unpooled.buffer();
        XdrCodec.of(type).write(bytes, new RandomRecords(random).make(type));
        return bytes;
    }

    private static <T> void copy(Class<T> type, ByteBuf in, ByteBuf out) {
        XdrCodec.of(type).write(out, XdrCodec.of(type).read(in));
    }
}

package io.fairlead.rpc.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.Jazzer;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.rpc.protocol.Structs;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.StreamHole;
import io.fairlead.rpc.xdr.XdrCodec;
import io.fairlead.rpc.xdr.XdrException;
import io.fairlead.rpc.xdr.XdrType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every struct of the protocol, read from any bytes, is refused or comes back the same when it is written and read once
 * more; reading takes memory in proportion to the bytes there are, not to the lengths they claim.
 *
 * <p>An input is two bytes that choose the struct, then the struct.
 */
class StructFuzzTest {
    private static final int ALLOCATED_PER_BYTE =
            64; // a list of empty texts: a word each on the wire, objects in memory
    private static final int ALLOCATED_ALWAYS = 1 << 20; // encodings are loaded when one is first named
    private static final List<Class<?>> STRUCTS = Stream.concat(
                    Structs.records().stream(), Stream.of(RpcError.class, StreamHole.class))
            .distinct()
            .sorted(Comparator.comparing(Class::getName)) // so that few numbers change when a struct is added
            .toList();

    @MethodSource("seeds")
    @FuzzTest
    void struct_whenReadFromAnyBytes_isRefusedOrComesBackTheSame(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int index = ((input[0] & 0xff) << 8 | input[1] & 0xff) % STRUCTS.size();
        boolean accepted =
                roundTrip(STRUCTS.get(index), Unpooled.wrappedBuffer(input).skipBytes(2));
        Jazzer.exploreState((byte) index, index / 256 * 2 + (accepted ? 1 : 0));
    }

    private static <T> boolean roundTrip(Class<T> type, ByteBuf input) {
        XdrType<T> codec = XdrCodec.of(type);
        int length = input.readableBytes();
        long before = AllocatedMemory.ofThisThread();
        T value;
        try {
            value = codec.read(input);
        } catch (XdrException e) {
            assertFalse(e.getMessage().isBlank());
            return false;
        } finally {
            long allocated = AllocatedMemory.ofThisThread() - before;
            assertTrue(
                    allocated <= ALLOCATED_ALWAYS + (long) length * ALLOCATED_PER_BYTE,
                    () -> "%s: %d bytes of memory for %d bytes".formatted(type.getName(), allocated, length));
        }
        ByteBuf written = Unpooled.buffer();
        try {
            codec.write(written, value);
        } catch (XdrException e) {
            return false; // a text that is longer in UTF-8, or holds a NUL in the encoding that it named
        }
        ByteBuf again = Unpooled.buffer();
        codec.write(again, codec.read(written.duplicate()));
        assertEquals(written, again);
        return true;
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Calls calls = new Calls();
        for (int i = 0; i < STRUCTS.size(); i++) {
            ByteBuf seed = Unpooled.buffer().writeShort(i);
            seeds.add(Calls.bytes(seed.writeBytes(calls.struct(STRUCTS.get(i)))));
        }
        return seeds;
    }
}

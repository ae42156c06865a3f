package io.fairlead.rpc.xdr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.fairlead.rpc.protocol.DomainStateCalls;
import io.fairlead.rpc.protocol.HostCalls;
import io.fairlead.rpc.protocol.TypedParam;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XdrCodecTest {
    /** Public, since the codec uses public members only. */
    public record Everything(
            int number,
            long big,
            double real,
            boolean flag,
            String text,
            UUID id,
            @Nullable String absent,
            @Max(8) byte[] opaque,
            @Max(3) int[] ints,
            @Max(2) List<String> list,
            @Chars(fixed = 4) String fixed,
            @Chars(max = 5) String counted) {}

    public record Longs(@Max(1000) long[] values) {}

    public record Strings(@Max(1_000_000) List<String> values) {}

    public record Opaque(@Max(1_000_000_000) byte[] bytes) {}

    public record Text(String text) {}

    public record Maybe(@Nullable String text) {}

    public record CharData(@CharBytes @Max(1_000_000_000) byte[] data) {}

    public record NoLimit(List<String> values) {}

    private static <T> String hex(Class<T> type, T value) {
        ByteBuf out = Unpooled.buffer();
        XdrCodec.of(type).write(out, value);
        return ByteBufUtil.hexDump(out);
    }

    private static <T> T read(Class<T> type, String hex) {
        return XdrCodec.of(type).read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
    }

    @Test
    void write_followsTheRulesOfXdr() {
        Everything value = new Everything(
                -1,
                2,
                1.0,
                true,
                "abcde",
                new UUID(1, 2),
                null,
                new byte[] {9},
                new int[] {7},
                List.of("x"),
                "toolong",
                "none");
        String hex = "ffffffff" + "0000000000000002" + "3ff0000000000000" + "00000001"
                + "00000005" + "6162636465000000" + "00000000000000010000000000000002" + "00000000"
                + "00000001" + "09000000" + "00000001" + "00000007" + "00000001" + "00000001" + "78000000"
                + "000000740000006f0000006f00000000" + "00000005" + "0000006e0000006f0000006e0000006500000000";
        assertEquals(hex, hex(Everything.class, value));
        Everything back = read(Everything.class, hex);
        assertEquals("too", back.fixed());
        assertEquals("none", back.counted());
        assertArrayEquals(new byte[] {9}, back.opaque());
    }

    @Test
    void domainInfo_takes32Bytes_andNodeInfo160_asObservedOnTheWire() {
        assertEquals(
                32,
                hex(DomainStateCalls.DomainGetInfoRet.class, new DomainStateCalls.DomainGetInfoRet(1, 2, 3, 4, 5))
                                .length()
                        / 2);
        assertEquals(
                160,
                hex(HostCalls.NodeGetInfoRet.class, new HostCalls.NodeGetInfoRet("x86_64", 1, 2, 3, 4, 5, 6, 7))
                                .length()
                        / 2);
    }

    @Test
    void typedParameters_carryTheirKind() {
        assertEquals(
                "00000001" + "66000000" + "00000005" + "3ff0000000000000",
                hex(TypedParam.class, new TypedParam.Dbl("f", 1.0)));
        assertEquals(
                new TypedParam.Bool("f", true),
                read(TypedParam.class, "00000001" + "66000000" + "00000006" + "00000001"));
        assertThrows(
                XdrException.class, () -> read(TypedParam.class, "00000001" + "66000000" + "00000008" + "00000001"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000161", // padding cut off
                "0040000100000000", // beyond the limit of strings
                "ffffffff00000000"
            })
    void string_whenBroken_isRefused(String hex) {
        assertThrows(XdrException.class, () -> read(Text.class, hex));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 0x01000000, -1})
    void flag_otherThanZero_isTrue(int word) {
        assertTrue(Xdr.readBool(Unpooled.copyInt(word)));
        String present = HexFormat.of().toHexDigits(word) + "0000000161000000";
        assertEquals("a", read(Maybe.class, present).text());
    }

    @Test
    void string_endsAtItsFirstNul_asForC() {
        assertEquals("a", read(Text.class, "0000000361006200").text());
        assertEquals("", read(Text.class, "0000000100000000").text());
    }

    @Test
    void padding_mayHoldAnything_andBytesBehindTheArgumentsAreLeft() {
        assertEquals("a", read(Text.class, "0000000161ffffff" + "deadbeef").text());
        assertArrayEquals(new byte[] {9}, read(Opaque.class, "0000000109ffffff").bytes());
    }

    @Test
    void string_thatIsNotUtf8_holdsWhatNoTextHolds_andOtherTextIsAsItWas() {
        assertEquals("a\ufffe(", read(Text.class, "0000000361c32800").text());
        String text = "\u65e5\ufffd\ud83d\ude00";
        assertEquals(text, read(Text.class, hex(Text.class, new Text(text))).text());
    }

    @Test
    void write_whenALimitIsBrokenOrARequiredValueMissing_isRefused() {
        assertThrows(XdrException.class, () -> hex(Longs.class, new Longs(new long[1001])));
        assertThrows(XdrException.class, () -> hex(Text.class, new Text(null)));
        assertThrows(XdrException.class, () -> hex(Text.class, new Text("a\0b")));
        assertThrows(XdrException.class, () -> hex(Strings.class, new Strings(null)));
        assertThrows(IllegalArgumentException.class, () -> XdrCodec.of(NoLimit.class));
    }

    @ParameterizedTest
    @ValueSource(classes = {Longs.class, Strings.class, Opaque.class, CharData.class, Text.class})
    void read_whenALengthExceedsTheBytes_refusesBeforeAllocating(Class<?> type) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        XdrType<?> codec = XdrCodec.of(type);
        for (int length : new int[] {900, 900_000, 4_000_000, 900_000_000, Integer.MAX_VALUE, -1}) {
            ByteBuf in = Unpooled.buffer().writeInt(length).writeInt(0);
            assertThrows(XdrException.class, () -> codec.read(in.duplicate()));
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                codec.read(in);
            } catch (XdrException e) {
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertTrue(allocated < 20_000, () -> allocated + " bytes allocated for length " + length);
            }
        }
    }
}

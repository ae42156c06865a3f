package io.fairlead.linux.dm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The layout of linux/dm-ioctl.h, byte by byte. */
class DmIoctlTest {
    @Test
    void requestNumber_ofTableStatus_isTheHeadersOwn() {
        assertEquals(0xc138fd0cL, DmIoctl.requestNumber(DmIoctl.TABLE_STATUS));
    }

    @Test
    void head_ofARequest_hasVersionSizesFlagsAndNames() {
        ByteBuffer head = bytes(new DmIoctl("pool", DmIoctl.FLAG_SUSPEND, 7, 8).uuid("FL-1"));

        assertEquals(List.of(4, 0, 0), List.of(head.getInt(0), head.getInt(4), head.getInt(8)));
        assertEquals(List.of(320, 312), List.of(head.getInt(12), head.getInt(16)));
        assertEquals(List.of(2, 7), List.of(head.getInt(28), head.getInt(32)));
        assertEquals("pool\0", text(head, 48, 5));
        assertEquals("FL-1\0", text(head, 176, 5));
    }

    @Test
    void table_withSeveralTargets_chainsSpecsAtMultiplesOfEight() {
        List<DmTarget> table = List.of(new DmTarget(0, 8, "linear", "7:0 16"), new DmTarget(8, 4, "error", ""));

        ByteBuffer request = bytes(new DmIoctl("t", 0, 0, DmIoctl.tableBytes(table)).table(table));

        assertEquals(2, request.getInt(20));
        assertEquals(48, request.getInt(312 + 20)); // 40 of the spec, 7 of the parameters, padding
        assertEquals("linear\0", text(request, 312 + 24, 7));
        assertEquals("7:0 16\0", text(request, 312 + 40, 7));
        assertEquals(List.of(8L, 4L), List.of(request.getLong(360), request.getLong(368)));
        assertEquals("error\0", text(request, 360 + 24, 6));
        assertEquals(312 + 48 + 48, request.capacity());
    }

    @Test
    void device_ofAnAnswer_unpacksNumbersAsTheKernelPacksThem() {
        DmIoctl answer = new DmIoctl("vol", DmIoctl.FLAG_ACTIVE_PRESENT, 3, 0);
        bytes(answer).putInt(24, 2).putLong(40, 253 << 8 | 0x34 | 0x12 << 20);

        assertEquals(new DmDevice("vol", "", 253, 0x1234, 2, false, true, false, 3), answer.device());
    }

    @Test
    void name_whenTooLongForItsField_isRefused() {
        String longest = "x".repeat(127);
        byte[] expected = new byte[128];
        Arrays.fill(expected, 0, 127, (byte) 'x');

        assertArrayEquals(expected, Arrays.copyOfRange(new DmIoctl(longest, 0, 0, 0).bytes(), 48, 176));
        assertThrows(IllegalArgumentException.class, () -> new DmIoctl(longest + "x", 0, 0, 0));
    }

    private static ByteBuffer bytes(DmIoctl request) {
        return ByteBuffer.wrap(request.bytes()).order(ByteOrder.nativeOrder());
    }

    private static String text(ByteBuffer from, int at, int length) {
        byte[] text = new byte[length];
        from.get(at, text);
        return new String(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}

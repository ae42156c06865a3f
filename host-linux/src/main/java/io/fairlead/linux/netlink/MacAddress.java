package io.fairlead.linux.netlink;

import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * A hardware address of six bytes, as Ethernet has it.
 *
 * @param bits the six bytes, the first of them the highest; 0..2^48-1
 */
public record MacAddress(long bits) {
    public static final int BYTES = 6;

    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("hardware address: %x (expected: 48 bits)".formatted(bits));
        }
    }

    /** @param text such as {@code 52:54:00:12:34:56}, in either case; @throws IllegalArgumentException otherwise */
    public static MacAddress parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "hardware address: '%s' (expected: such as 52:54:00:12:34:56)".formatted(text));
        }
        return new MacAddress(Long.parseLong(text.replace(":", ""), 16));
    }

    /** @param bytes six */
    static MacAddress of(byte[] bytes) {
        return new MacAddress(
                ByteBuffer.allocate(Long.BYTES).put(2, bytes, 0, BYTES).getLong(0));
    }

    byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        ByteBuffer.allocate(Long.BYTES).putLong(0, bits).get(2, bytes);
        return bytes;
    }

    /** Whether it names a group of stations; no link may have such an address, nor the one of zeros. */
    public boolean multicast() {
        return (bits >>> 40 & 1) != 0;
    }

    /** In lower case, such as {@code 52:54:00:12:34:56}. */
    @Override
    public String toString() {
        return "%02x:%02x:%02x:%02x:%02x:%02x"
                .formatted(
                        bits >>> 40,
                        bits >>> 32 & 0xff,
                        bits >>> 24 & 0xff,
                        bits >>> 16 & 0xff,
                        bits >>> 8 & 0xff,
                        bits & 0xff);
    }
}

package io.fairlead.linux.netlink;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attributes of a message, by type (struct nlattr). Each starts at a multiple of four; its length counts the head.
 * <pre>| length 2 | type 2 | value | padding |</pre>
 * Of several with one type the last counts, as for the kernel. A value that is shorter than asked for is refused.
 */
final class Attributes {
    static final int HEAD_BYTES = 4;
    /** Without the two bits that mark nested values and those in network order. */
    static final int TYPE_MASK = 0x3fff;

    private final Map<Integer, byte[]> values;

    private Attributes(Map<Integer, byte[]> values) {
        this.values = values;
    }

    /** @throws ProtocolException if one reaches beyond the end, or is shorter than its head */
    static Attributes read(byte[] bytes, int from) throws ProtocolException {
        Map<Integer, byte[]> values = new LinkedHashMap<>();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int at = from;
        while (bytes.length - at >= HEAD_BYTES) {
            int length = in.getShort(at) & 0xffff;
            if (length < HEAD_BYTES || length > bytes.length - at) {
                throw new ProtocolException(
                        "attribute: %d bytes (expected: %d..%d)".formatted(length, HEAD_BYTES, bytes.length - at));
            }
            values.put(in.getShort(at + 2) & TYPE_MASK, Arrays.copyOfRange(bytes, at + HEAD_BYTES, at + length));
            at += NetlinkMessage.align(length);
        }
        return new Attributes(values);
    }

    /** Null if it is not there. */
    byte[] bytes(int type) {
        return values.get(type);
    }

    /** Up to a NUL or the end; null if it is not there. */
    String text(int type) {
        byte[] value = values.get(type);
        if (value == null) {
            return null;
        }
        int end = 0;
        while (end < value.length && value[end] != 0) {
            end++;
        }
        return new String(value, 0, end, StandardCharsets.UTF_8);
    }

    /** Null if it is not there. */
    Integer u8(int type) throws ProtocolException {
        ByteBuffer value = atLeast(type, 1);
        return value == null ? null : value.get(0) & 0xff;
    }

    /** Null if it is not there; unsigned numbers above 2^31 come as negative ones. */
    Integer u32(int type) throws ProtocolException {
        ByteBuffer value = atLeast(type, Integer.BYTES);
        return value == null ? null : value.getInt(0);
    }

    int u32(int type, int otherwise) throws ProtocolException {
        Integer value = u32(type);
        return value == null ? otherwise : value;
    }

    /** Null if it is not there. */
    Boolean flag(int type) throws ProtocolException {
        Integer value = u8(type);
        return value == null ? null : value != 0;
    }

    /** Null if it is not there; in the machine's byte order. */
    ByteBuffer atLeast(int type, int bytes) throws ProtocolException {
        byte[] value = values.get(type);
        if (value == null) {
            return null;
        }
        if (value.length < bytes) {
            throw new ProtocolException(
                    "attribute %d: %d bytes (expected: at least %d)".formatted(type, value.length, bytes));
        }
        return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
    }

    /** Without any if it is not there. */
    Attributes nested(int type) throws ProtocolException {
        byte[] value = values.get(type);
        return value == null ? new Attributes(Map.of()) : read(value, 0);
    }

    /** Null if it is not there, or is no address of six bytes. */
    MacAddress mac(int type) {
        byte[] value = values.get(type);
        return value == null || value.length != MacAddress.BYTES ? null : MacAddress.of(value);
    }

    /** Null if it is not there. @throws ProtocolException if it is of another length than the family's addresses */
    IpAddress address(int type, boolean v6) throws ProtocolException {
        byte[] value = values.get(type);
        if (value == null) {
            return null;
        }
        if (value.length != (v6 ? 16 : 4)) {
            throw new ProtocolException("address: %d bytes".formatted(value.length));
        }
        return IpAddress.of(value);
    }
}

package io.fairlead.rpc.xdr;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The primitive forms of XDR. Every length is checked against its limit and the bytes left before it is believed.
 * Reading is as lenient as libtirpc, on which libvirtd builds; writing is exact.
 */
public final class Xdr {
    private Xdr() {}

    public static int readInt(ByteBuf in) {
        require(in, Integer.BYTES);
        return in.readInt();
    }

    public static long readLong(ByteBuf in) {
        require(in, Long.BYTES);
        return in.readLong();
    }

    public static double readDouble(ByteBuf in) {
        return Double.longBitsToDouble(readLong(in));
    }

    /** Any word but 0 is true, as for libtirpc; go-libvirt sends 0x01000000. */
    public static boolean readBool(ByteBuf in) {
        return readInt(in) != 0;
    }

    public static void writeBool(ByteBuf out, boolean value) {
        out.writeInt(value ? 1 : 0);
    }

    /** Reads an element count and refuses it when the remaining bytes cannot hold so many elements. */
    public static int readCount(ByteBuf in, int max, int minElementBytes) {
        int count = readInt(in);
        if (count < 0 || count > max) {
            throw new XdrException("length: %d (expected: 0..%d)".formatted(Integer.toUnsignedLong(count), max));
        }
        if ((long) count * minElementBytes > in.readableBytes()) {
            throw new XdrException("length: %d elements of at least %d bytes (left: %d bytes)"
                    .formatted(count, minElementBytes, in.readableBytes()));
        }
        return count;
    }

    public static void writeCount(ByteBuf out, int count, int max) {
        if (count > max) {
            throw new TooLongException("%d elements (at most %d)".formatted(count, max));
        }
        out.writeInt(count);
    }

    /** The padding may hold any bytes. */
    public static byte[] readOpaque(ByteBuf in, int max) {
        int count = readCount(in, max, 1);
        require(in, padded(count));
        byte[] bytes = new byte[count];
        in.readBytes(bytes).skipBytes(padded(count) - count);
        return bytes;
    }

    public static void writeOpaque(ByteBuf out, byte[] value, int max) {
        if (value.length > max) {
            throw new TooLongException("%d bytes of text or data (at most %d)".formatted(value.length, max));
        }
        out.writeInt(value.length);
        out.writeBytes(value).writeZero(padded(value.length) - value.length);
    }

    /** Text up to the first NUL, as C sees it; bytes that are not UTF-8 are read as {@link ForeignText} says. */
    public static String readString(ByteBuf in, int max) {
        return ForeignText.read(readOpaque(in, max));
    }

    public static void writeString(ByteBuf out, String value, int max) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (value.indexOf('\0') >= 0) {
            throw new XdrException("string holds a NUL"); // C clients would see it cut short
        }
        writeOpaque(out, bytes, max);
    }

    public static UUID readUuid(ByteBuf in) {
        require(in, 2 * Long.BYTES);
        return new UUID(in.readLong(), in.readLong());
    }

    public static void writeUuid(ByteBuf out, UUID value) {
        out.writeLong(value.getMostSignificantBits()).writeLong(value.getLeastSignificantBits());
    }

    private static void require(ByteBuf in, int bytes) {
        if (in.readableBytes() < bytes) {
            throw new XdrException("needs %d more bytes (left: %d)".formatted(bytes, in.readableBytes()));
        }
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }
}

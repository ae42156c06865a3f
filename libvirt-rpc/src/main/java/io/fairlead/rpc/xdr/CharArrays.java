package io.fairlead.rpc.xdr;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** C's {@code char} arrays, each char in a word of four bytes of its own. */
final class CharArrays {
    private CharArrays() {}

    /** {@code char x[length]}: text cut to leave room for a NUL, filled with NULs. */
    static XdrType<String> fixed(int length) {
        return XdrTypes.type(
                4 * length,
                (out, text) -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    int kept = Math.min(bytes.length, length - 1);
                    writeWords(out, Arrays.copyOf(bytes, kept));
                    out.writeZero(4 * (length - kept));
                },
                in -> untilNul(readWords(in, length)));
    }

    /** {@code char x<max>} holding text with its closing NUL. */
    static XdrType<String> text(int max) {
        return XdrTypes.type(
                4,
                (out, text) -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    Xdr.writeCount(out, bytes.length + 1, max);
                    writeWords(out, bytes);
                    out.writeInt(0);
                },
                in -> untilNul(readWords(in, Xdr.readCount(in, max, 4))));
    }

    /** {@code char x<max>} holding any bytes. */
    static XdrType<byte[]> bytes(int max) {
        return XdrTypes.type(
                4,
                (out, bytes) -> {
                    Xdr.writeCount(out, bytes.length, max);
                    writeWords(out, bytes);
                },
                in -> readWords(in, Xdr.readCount(in, max, 4)));
    }

    private static void writeWords(ByteBuf out, byte[] bytes) {
        for (byte b : bytes) {
            out.writeInt(b);
        }
    }

    private static byte[] readWords(ByteBuf in, int count) {
        if (in.readableBytes() < 4 * count) {
            throw new XdrException("needs %d more bytes (left: %d)".formatted(4 * count, in.readableBytes()));
        }
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) in.readInt();
        }
        return bytes;
    }

    private static String untilNul(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}

package io.fairlead.linux.sys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Arrays;

/** Text as C wants it. */
public final class CString {
    private CString() {}

    /**
     * UTF-8 with a NUL at the end.
     *
     * @throws IllegalArgumentException if the text itself holds a NUL, which would silently cut it short
     */
    public static byte[] of(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("text holds a NUL: " + text.replace("\0", "\\0"));
        }
        byte[] bytes = text.getBytes(UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    public static byte[] of(Path path) {
        return of(path.toString());
    }

    /**
     * Bytes that may be no text in any encoding, such as names of files, with a NUL at the end.
     *
     * @param bytes each character stands for one byte
     */
    public static byte[] ofBytes(String bytes) {
        byte[] all = bytes.getBytes(ISO_8859_1);
        return Arrays.copyOf(all, all.length + 1);
    }

    /** The text from {@code offset} up to a NUL, or up to {@code limit} bytes further. */
    public static String read(byte[] bytes, int offset, int limit) {
        int end = offset;
        while (end < offset + limit && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, UTF_8);
    }
}

package io.fairlead.storage.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * One block of 512 bytes that describes the following ones (POSIX pax(1), "ustar Interchange Format"; tar's
 * documentation, "Basic Tar Format", for GNU's own).
 */
final class TarHeader {
    static final int BYTES = 512;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;

    private final byte[] block;

    /** @throws TarException if the checksum is wrong */
    TarHeader(byte[] block) throws TarException {
        this.block = block;
        long expected = number(CHECKSUM_AT, CHECKSUM_BYTES, "checksum");
        long unsigned = 0;
        long signed = 0; // as some old programs summed up
        for (int i = 0; i < BYTES; i++) {
            byte b = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES ? (byte) ' ' : block[i];
            unsigned += b & 0xff;
            signed += b;
        }
        if (expected != unsigned && expected != signed) {
            throw new TarException("a header's checksum is %d (expected: %d)".formatted(expected, unsigned));
        }
    }

    char type() {
        return (char) (block[156] & 0xff);
    }

    String path() {
        String name = text(0, 100);
        String prefix = isPosix() ? text(345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** GNU's own headers have times and a map of data where POSIX' have the beginning of a path. */
    private boolean isPosix() {
        return text(257, 6).equals("ustar");
    }

    String linkTarget() {
        return text(157, 100);
    }

    int mode() throws TarException {
        return (int) number(100, 8, "mode") & 07777;
    }

    long user() throws TarException {
        return number(108, 8, "owner");
    }

    long group() throws TarException {
        return number(116, 8, "group");
    }

    long sizeBytes() throws TarException {
        return number(124, 12, "size");
    }

    long modifiedSeconds() throws TarException {
        return number(136, 12, "time");
    }

    long major() throws TarException {
        return number(329, 8, "device");
    }

    long minor() throws TarException {
        return number(337, 8, "device");
    }

    // GNU's map of data: four extents, whether more follow in a block of their own, and the size with holes

    static final int EXTENTS_AT = 386;
    static final int EXTENTS = 4;

    boolean hasMoreExtents() {
        return block[482] != 0;
    }

    long sparseSizeBytes() throws TarException {
        return number(483, 12, "size");
    }

    byte[] block() {
        return block;
    }

    private long number(int at, int bytes, String what) throws TarException {
        return number(block, at, bytes, what);
    }

    /** Octal digits among spaces and NULs; or, if the first bit is set, the other bits as a number with a sign. */
    static long number(byte[] block, int at, int bytes, String what) throws TarException {
        if ((block[at] & 0x80) != 0) {
            return binary(block, at, bytes, what);
        }
        String digits =
                new String(block, at, bytes, ISO_8859_1).replace('\0', ' ').strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new TarException("a header's %s is no number".formatted(what), e);
        }
    }

    private static long binary(byte[] block, int at, int bytes, String what) throws TarException {
        boolean negative = (block[at] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = 0; i < bytes; i++) {
            long part = i == 0 ? (block[at] & 0x3f) | (negative ? 0xc0 : 0) : block[at + i] & 0xff;
            if (value >> (Long.SIZE - 9) != (negative ? -1 : 0)) {
                throw new TarException("a header's %s is too large a number".formatted(what));
            }
            value = value << 8 | part;
        }
        return value;
    }

    private String text(int at, int limit) {
        int end = at;
        while (end < at + limit && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, ISO_8859_1);
    }
}

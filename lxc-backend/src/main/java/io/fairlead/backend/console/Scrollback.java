package io.fairlead.backend.console;

/** The last bytes a guest wrote. Not safe for concurrent use. */
final class Scrollback {
    /** How much earlier output a new reader gets, in bytes. */
    static final int BYTES = 64 * 1024;

    private final byte[] ring = new byte[BYTES];
    private long written;

    void add(byte[] bytes) {
        int from = Math.max(0, bytes.length - BYTES);
        for (int at = from; at < bytes.length; ) {
            int position = (int) ((written + at - from) % BYTES);
            int count = Math.min(bytes.length - at, BYTES - position);
            System.arraycopy(bytes, at, ring, position, count);
            at += count;
        }
        written += bytes.length - from;
    }

    byte[] content() {
        int size = (int) Math.min(written, BYTES);
        byte[] content = new byte[size];
        int start = (int) ((written - size) % BYTES);
        int first = Math.min(size, BYTES - start);
        System.arraycopy(ring, start, content, 0, first);
        System.arraycopy(ring, 0, content, first, size - first);
        return content;
    }
}

package io.fairlead.backend.console;

import io.fairlead.linux.file.ReadableFile;
import java.io.IOException;

/** The whole lines of a log's file, the last one first. Not safe for concurrent use. */
final class LinesBackwards {
    private static final int WINDOW_BYTES = 64 * 1024;
    /** Longer than the monitor's longest line, so that a line's beginning is read together with its end. */
    private static final int OVERLAP_BYTES = 9 * 1024;

    /**
     * One line.
     *
     * @param from offset of its first byte
     * @param bytes its length, with the line feed
     * @param prefix null if it is torn
     */
    record Line(long from, int bytes, LinePrefix prefix) {
        /** How many bytes of output it contains. */
        int outputBytes() {
            return prefix == null ? 0 : bytes - prefix.bytes() - (prefix.partial() ? 1 : 0);
        }
    }

    private final ReadableFile file;
    private final long end;
    private byte[] window = {};
    private long windowStart;
    private int windowBytes;
    private long cursor;

    LinesBackwards(ReadableFile file) throws IOException {
        this.file = file;
        cursor = afterLineFeed(file.size());
        end = cursor;
    }

    /** Offset behind the last whole line. */
    long end() {
        return end;
    }

    /** Null before the first line. */
    Line next() throws IOException {
        if (cursor == 0) {
            return null;
        }
        long from = afterLineFeed(cursor - 1);
        Line line = new Line(from, (int) (cursor - from), prefixAt(from));
        cursor = from;
        return line;
    }

    /** The offset behind the last line feed before the given offset; 0 if there is none. */
    private long afterLineFeed(long before) throws IOException {
        long at = before;
        while (at > 0 && byteAt(at - 1) != '\n') {
            at--;
        }
        return at;
    }

    private byte byteAt(long offset) throws IOException {
        if (offset < windowStart || offset >= windowStart + windowBytes) {
            long until = Math.min(file.size(), offset + 1 + OVERLAP_BYTES);
            load(Math.max(0, until - WINDOW_BYTES), offset);
        }
        return window[(int) (offset - windowStart)];
    }

    private void load(long from, long wanted) throws IOException {
        window = new byte[WINDOW_BYTES];
        windowStart = from;
        windowBytes = file.read(window, from);
        if (wanted >= windowStart + windowBytes) {
            throw new IOException("the log has become shorter");
        }
    }

    private LinePrefix prefixAt(long from) throws IOException {
        int at = (int) (from - windowStart);
        if (at >= 0 && at + LinePrefix.BYTES_MAX <= windowBytes) {
            return LinePrefix.parse(window, at, at + LinePrefix.BYTES_MAX);
        }
        return firstFrom(file, from);
    }

    /** The beginning of the line at this offset; null if there is none, or a torn one. */
    static LinePrefix firstFrom(ReadableFile file, long offset) throws IOException {
        byte[] start = new byte[LinePrefix.BYTES_MAX];
        int count = file.read(start, offset);
        return LinePrefix.parse(start, 0, count);
    }

    /** Offset of the first line that begins behind the given offset; the file's end if there is none. */
    static long lineStart(ReadableFile file, long offset) throws IOException {
        byte[] bytes = new byte[OVERLAP_BYTES];
        long at = offset;
        for (int count = file.read(bytes, at); count > 0; count = file.read(bytes, at)) {
            for (int i = 0; i < count; i++) {
                if (bytes[i] == '\n') {
                    return at + i + 1;
                }
            }
            at += count;
        }
        return at;
    }
}

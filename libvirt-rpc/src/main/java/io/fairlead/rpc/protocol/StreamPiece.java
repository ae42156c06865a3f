package io.fairlead.rpc.protocol;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One piece of the streams of {@link FairleadProcedure}, big-endian. Pieces follow each other without a gap; a packet
 * of the stream may carry part of one, or several.
 *
 * <pre>| kind 1 | time 8 | length 4 | data |</pre>
 *
 * @param timeNanos when the data were written, in nanoseconds since 1970 in UTC; 0 from a client
 * @param data read-only; at most {@link #DATA_MAX} bytes
 */
public record StreamPiece(Kind kind, long timeNanos, ByteBuffer data) {
    /** What a piece is. The place in this list is its number on the wire. */
    public enum Kind {
        /** Input for the process. A piece without data ends the input; all later ones are refused. */
        STDIN,
        STDOUT,
        STDERR,
        /**
         * The process has ended: a number of four bytes, as a shell counts, or -1 if it could not be learned. No piece
         * follows.
         */
        EXIT;

        private static final Kind[] ALL = values();
    }

    public static final int HEADER_BYTES = 13;
    public static final int DATA_MAX = 65_536;

    private static final int STATUS_BYTES = 4;

    public StreamPiece {
        Objects.requireNonNull(kind, "kind");
        data = data.asReadOnlyBuffer();
        requireLength(kind, data.remaining());
    }

    public static StreamPiece exit(int status, long timeNanos) {
        return new StreamPiece(
                Kind.EXIT, timeNanos, ByteBuffer.allocate(STATUS_BYTES).putInt(0, status));
    }

    /** Returns null for a number that is no kind. */
    static Kind kind(int number) {
        return number >= 0 && number < Kind.ALL.length ? Kind.ALL[number] : null;
    }

    static void requireLength(Kind kind, int length) {
        boolean fits = kind == Kind.EXIT ? length == STATUS_BYTES : length >= 0 && length <= DATA_MAX;
        if (!fits) {
            throw new IllegalArgumentException("length of a piece %s: %d (expected: %s)"
                    .formatted(kind, length, kind == Kind.EXIT ? STATUS_BYTES : "0.." + DATA_MAX));
        }
    }

    /** The status that an EXIT piece tells. */
    public int status() {
        return data.getInt(data.position());
    }

    /** How many bytes {@link #write} adds. */
    public int bytes() {
        return HEADER_BYTES + data.remaining();
    }

    /** Appends it to a buffer with enough room. */
    public void write(ByteBuffer out) {
        out.put((byte) kind.ordinal())
                .putLong(timeNanos)
                .putInt(data.remaining())
                .put(data.duplicate());
    }

    /** A buffer with this piece alone. */
    public ByteBuffer packed() {
        ByteBuffer out = ByteBuffer.allocate(bytes());
        write(out);
        return out.flip();
    }
}

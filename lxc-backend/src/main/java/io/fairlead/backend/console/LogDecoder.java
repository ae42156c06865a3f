package io.fairlead.backend.console;

import io.fairlead.core.backend.Channel;
import java.time.Instant;
import java.util.Arrays;

/**
 * Turns the monitor's log back into the output of a process. Each line of the log is
 *
 * <pre>2026-11-23T20:31:58.337357815+00:00 stdout F text</pre>
 *
 * where F says that the process ended the line and P that the line feed is the log's own (the Kubernetes log format, as
 * conmon writes it). Bytes may arrive cut anywhere. A line that begins in another way is left out: a full disk tears
 * lines. Not safe for concurrent use.
 */
final class LogDecoder {
    /** Takes the output, piece by piece. */
    @FunctionalInterface
    interface Output {
        /** @param log bytes that are only valid during the call */
        void text(Channel channel, Instant at, byte[] log, int from, int length);
    }

    private final byte[] prefix = new byte[LinePrefix.BYTES_MAX];
    private int prefixBytes;
    private int blanks;
    private boolean skipping;
    /** The prefix of the present line; while the next one is being read, still that of the last line. */
    private LinePrefix line;

    private byte[] lineBytes = {};

    /** Decodes these bytes of the log. */
    void decode(byte[] log, int from, int to, Output out) {
        int at = from;
        while (at < to) {
            if (skipping) {
                at = skip(log, at, to);
            } else if (blanks < LinePrefix.FIELDS) {
                at = prefix(log, at, to);
            } else {
                at = text(log, at, to, out);
            }
        }
    }

    private int skip(byte[] log, int from, int to) {
        int end = lineEnd(log, from, to);
        if (end == to) {
            return to;
        }
        startLine();
        return end + 1;
    }

    private int prefix(byte[] log, int from, int to) {
        int at = from;
        while (at < to && blanks < LinePrefix.FIELDS) {
            byte next = log[at++];
            if (next == '\n') {
                startLine();
                continue;
            }
            if (prefixBytes == prefix.length) {
                skipping = true;
                return at;
            }
            prefix[prefixBytes++] = next;
            if (next == ' ') {
                blanks++;
            }
        }
        if (blanks == LinePrefix.FIELDS) {
            read();
        }
        return at;
    }

    /** Many lines of one moment have the same prefix. */
    private void read() {
        if (!Arrays.equals(prefix, 0, prefixBytes, lineBytes, 0, lineBytes.length)) {
            line = LinePrefix.parse(prefix, prefixBytes);
            lineBytes = Arrays.copyOf(prefix, prefixBytes);
        }
        skipping = line == null;
    }

    private int text(byte[] log, int from, int to, Output out) {
        int end = lineEnd(log, from, to);
        boolean whole = end < to;
        int length = end - from + (whole && !line.partial() ? 1 : 0);
        if (length > 0) {
            out.text(line.channel(), line.at(), log, from, length);
        }
        if (whole) {
            startLine();
        }
        return whole ? end + 1 : end;
    }

    private static int lineEnd(byte[] log, int from, int to) {
        int end = from;
        while (end < to && log[end] != '\n') {
            end++;
        }
        return end;
    }

    private void startLine() {
        blanks = 0;
        prefixBytes = 0;
        skipping = false;
    }
}

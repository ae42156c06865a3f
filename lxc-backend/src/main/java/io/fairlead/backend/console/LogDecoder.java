package io.fairlead.backend.console;

import java.io.ByteArrayOutputStream;

/**
 * Turns the monitor's log back into the guest's output. Each line of the log is
 *
 * <pre>2026-11-23T20:31:58.337357815+00:00 stdout F text</pre>
 *
 * where F says that the guest ended the line and P that the line feed is the log's own (the Kubernetes log format, as
 * conmon writes it). Bytes may arrive cut anywhere. Not safe for concurrent use.
 */
final class LogDecoder {
    private static final int FIELDS_BEFORE_TEXT = 3;
    // A timestamp, a stream's name and a tag need about 44 bytes; more bytes without a blank are not such a log.
    private static final int PREFIX_MAX = 128;

    private int blanks;
    private int prefixBytes;
    private boolean partial;
    private boolean afterBlank = true;

    /** Appends the guest's output that these bytes of the log contain. */
    void decode(byte[] log, int from, int to, ByteArrayOutputStream out) {
        int at = from;
        while (at < to) {
            at = blanks < FIELDS_BEFORE_TEXT ? prefix(log, at, to) : text(log, at, to, out);
        }
    }

    private int prefix(byte[] log, int from, int to) {
        int at = from;
        while (at < to && blanks < FIELDS_BEFORE_TEXT) {
            byte next = log[at++];
            prefixBytes++;
            if (next == '\n' || prefixBytes > PREFIX_MAX) {
                // A torn line, as a full disk leaves it: continue with the next one.
                startLine();
            } else if (next == ' ') {
                blanks++;
                afterBlank = true;
            } else {
                if (blanks == 2 && afterBlank) {
                    partial = next == 'P';
                }
                afterBlank = false;
            }
        }
        return at;
    }

    private int text(byte[] log, int from, int to, ByteArrayOutputStream out) {
        int end = from;
        while (end < to && log[end] != '\n') {
            end++;
        }
        if (end == to) {
            out.write(log, from, end - from);
            return end;
        }
        out.write(log, from, end - from + (partial ? 0 : 1));
        startLine();
        return end + 1;
    }

    private void startLine() {
        blanks = 0;
        prefixBytes = 0;
        partial = false;
        afterBlank = true;
    }
}

package io.fairlead.backend.console;

import io.fairlead.core.backend.Channel;
import io.fairlead.core.backend.Chunk;
import java.time.Instant;
import java.util.Arrays;

/**
 * One packet of the attach socket: a byte that names the stream, then what the process wrote, at most 8 KiB (conmon
 * 2.1.6, ctr_stdio.c).
 */
final class AttachPacket {
    static final int BYTES_MAX = 16 * 1024;

    private static final int HEADER_BYTES = 1;
    private static final byte STDERR = 3;
    // Time, channel and tag of each line, see LogDecoder.
    private static final int PREFIX_BYTES = 45;

    private AttachPacket() {}

    /** How many bytes the monitor has written to the log for this packet. */
    static long loggedBytes(byte[] packet, int length) {
        int lines = 0;
        for (int i = HEADER_BYTES; i < length; i++) {
            if (packet[i] == '\n') {
                lines++;
            }
        }
        boolean begun = length > HEADER_BYTES && packet[length - 1] != '\n';
        // A begun line gets a prefix, too, and a line feed that is not the process's.
        return length - HEADER_BYTES + (long) PREFIX_BYTES * (lines + (begun ? 1 : 0)) + (begun ? 1 : 0);
    }

    /** Null if it is empty. */
    static Chunk chunk(byte[] packet, int length, Instant at) {
        return length <= HEADER_BYTES
                ? null
                : new Chunk(
                        packet[0] == STDERR ? Channel.STDERR : Channel.STDOUT,
                        at,
                        Arrays.copyOfRange(packet, HEADER_BYTES, length));
    }
}

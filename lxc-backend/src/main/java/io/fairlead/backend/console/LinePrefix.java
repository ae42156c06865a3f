package io.fairlead.backend.console;

import io.fairlead.core.backend.Channel;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The beginning of a line of the monitor's log, see {@link LogDecoder}.
 *
 * @param at of nine decimals, in the host's time zone with its offset
 * @param partial whether the line feed at the line's end is the log's own
 * @param bytes its length, with the blank at its end
 */
record LinePrefix(Instant at, Channel channel, boolean partial, int bytes) {
    /** Time, channel, tag; each ends with a blank. */
    static final int FIELDS = 3;
    /** conmon's has 45 bytes; a longer one is none. */
    static final int BYTES_MAX = 64;

    private static final int TIME_BYTES = 35;
    private static final String STDOUT = " stdout ";
    private static final String STDERR = " stderr ";
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int SECONDS_PER_DAY = 86_400;

    /** Null if these bytes are no such beginning, up to the third blank. */
    static LinePrefix parse(byte[] line, int bytes) {
        return parse(line, 0, bytes);
    }

    static LinePrefix parse(byte[] line, int from, int to) {
        // The time, the channel between blanks, F or P, a blank.
        int length = TIME_BYTES + STDOUT.length() + 2;
        if (to - from < length || line[from + length - 1] != ' ') {
            return null;
        }
        byte tag = line[from + length - 2];
        Channel channel = channel(line, from + TIME_BYTES);
        Instant at = time(line, from);
        return channel == null || at == null || tag != 'F' && tag != 'P'
                ? null
                : new LinePrefix(at, channel, tag == 'P', length);
    }

    private static Channel channel(byte[] line, int from) {
        if (matches(line, from, STDOUT)) {
            return Channel.STDOUT;
        }
        return matches(line, from, STDERR) ? Channel.STDERR : null;
    }

    private static boolean matches(byte[] line, int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (line[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@code 2026-11-23T20:31:58.337357815+00:00}; by hand, because a log has millions. */
    private static Instant time(byte[] t, int from) {
        String shape = "dddd-dd-ddTdd:dd:dd.ddddddddd+dd:dd";
        for (int i = 0; i < TIME_BYTES; i++) {
            byte next = t[from + i];
            boolean fits =
                    switch (shape.charAt(i)) {
                        case 'd' -> next >= '0' && next <= '9';
                        case '+' -> next == '+' || next == '-';
                        default -> next == shape.charAt(i);
                    };
            if (!fits) {
                return null;
            }
        }
        try {
            LocalDate date = LocalDate.of(number(t, from, 4), number(t, from + 5, 2), number(t, from + 8, 2));
            long seconds = date.toEpochDay() * SECONDS_PER_DAY
                    + number(t, from + 11, 2) * SECONDS_PER_HOUR
                    + number(t, from + 14, 2) * SECONDS_PER_MINUTE
                    + number(t, from + 17, 2);
            int offset = number(t, from + 30, 2) * SECONDS_PER_HOUR + number(t, from + 33, 2) * SECONDS_PER_MINUTE;
            return Instant.ofEpochSecond(seconds - (t[from + 29] == '-' ? -offset : offset), number(t, from + 20, 9));
        } catch (DateTimeException e) {
            return null; // such as a 31st of February
        }
    }

    private static int number(byte[] digits, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            value = value * 10 + digits[i] - '0';
        }
        return value;
    }
}

package io.fairlead.backend.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A log, whole or torn, decodes to the same text, channels and times wherever it is cut, and to no more than it contains.
 */
class LogFuzzTest {
    private static final String PREFIX = "2026-11-23T20:31:58.337357815+00:00 stdout ";

    /** An input is one byte, the length of the pieces, then the log. */
    @MethodSource("logs")
    @FuzzTest
    void log_whenCutAnywhere_meansTheSame(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String whole = decoded(input, input.length);

        assertEquals(whole, decoded(input, 1 + (input[0] & 0xff)));
        assertTrue(whole.length() <= input.length, "more than the log contains: time, channel and text");
    }

    /** The text of each channel and moment, one after another; where the text is cut does not matter. */
    private static String decoded(byte[] input, int piece) {
        StringBuilder out = new StringBuilder();
        String[] last = {""};
        LogDecoder decoder = new LogDecoder();
        for (int from = 1; from < input.length; from += piece) {
            decoder.decode(input, from, Math.min(input.length, from + piece), (channel, at, log, start, length) -> {
                String origin = "%s %s:".formatted(at, channel);
                out.append(origin.equals(last[0]) ? "" : origin);
                last[0] = origin;
                out.append(new String(log, start, length, StandardCharsets.ISO_8859_1));
            });
        }
        return out.toString();
    }

    static List<byte[]> logs() {
        return List.of(
                bytes("\5" + PREFIX.replace("stdout", "stderr") + "F to the other\n" + PREFIX + "P x\n"),
                bytes("\2" + PREFIX.replace("+00:00", "-07:30") + "F far\n" + PREFIX.replace("23T", "31T") + "F y\n"),
                bytes("\3" + PREFIX + "F hello\n" + PREFIX + "P wor\n" + PREFIX + "F ld\n"),
                bytes("\7" + PREFIX + "F \n" + PREFIX + "F torn"),
                bytes("\0" + "x".repeat(300) + "\n" + PREFIX + "F after\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

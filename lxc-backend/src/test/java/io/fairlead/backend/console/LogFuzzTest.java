package io.fairlead.backend.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** A log, whole or torn, decodes to the same output wherever it is cut, and to no more than it contains. */
class LogFuzzTest {
    private static final String PREFIX = "2026-11-23T20:31:58.337357815+00:00 stdout ";

    /** An input is one byte, the length of the pieces, then the log. */
    @MethodSource("logs")
    @FuzzTest
    void log_whenCutAnywhere_meansTheSame(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] whole = decoded(input, input.length);

        assertArrayEquals(whole, decoded(input, 1 + (input[0] & 0xff)));
        assertTrue(whole.length < input.length);
    }

    private static byte[] decoded(byte[] input, int piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogDecoder decoder = new LogDecoder();
        for (int from = 1; from < input.length; from += piece) {
            decoder.decode(input, from, Math.min(input.length, from + piece), out);
        }
        return out.toByteArray();
    }

    static List<byte[]> logs() {
        return List.of(
                bytes("\3" + PREFIX + "F hello\n" + PREFIX + "P wor\n" + PREFIX + "F ld\n"),
                bytes("\7" + PREFIX + "F \n" + PREFIX + "F torn"),
                bytes("\0" + "x".repeat(300) + "\n" + PREFIX + "F after\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

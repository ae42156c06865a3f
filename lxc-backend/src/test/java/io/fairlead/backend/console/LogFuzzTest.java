package io.fairlead.backend.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A log, whole or torn, decodes to the same text, channels and times wherever it is cut, and to no more than it has in
 * it.
 */
class LogFuzzTest {
    @TempDir
    private Path directory;

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

    /** An input is one byte, from how far back to read, then the log. Reading from the end finds the same lines. */
    @MethodSource("logs")
    @FuzzTest
    void log_whenReadFromNearItsEnd_meansTheSameAsFromItsBeginning(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        ConsoleLog log = new ConsoleLog(directory.resolve("log"), input.length);
        Files.write(log.path(), Arrays.copyOfRange(input, 1, input.length));
        int wholeLines = input.length;
        while (wholeLines > 1 && input[wholeLines - 1] != '\n') {
            wholeLines--;
        }
        int counted = text(Arrays.copyOf(input, wholeLines)).length();
        int from = Math.max(0, counted - (input[0] & 0xff));
        try (LogSequence sequence = new LogSequence(log)) {
            LogStart start = LogStart.lastBytes(sequence, input[0] & 0xff);
            LogReader reader = new LogReader("fuzz", sequence, NOBODY, LogRange.ALL, start, sequence.end());
            assertEquals(text(input).substring(from), text(reader));
            LogRange last = LogRange.ALL.last(input[0] & 0xff);
            String lines =
                    text(new LogReader("fuzz", sequence, NOBODY, last, LogStart.of(sequence, last), sequence.end()));
            assertTrue(text(input).endsWith(lines), "the last lines are not at the end");
        }
    }

    private static final LogReader.Owner NOBODY = new LogReader.Owner() {
        @Override
        public void taken(LogReader reader) {
            // Nothing waits here.
        }

        @Override
        public void closed(LogReader reader) {
            // The test closes the sequence.
        }
    };

    private static String text(OutputReader reader) {
        StringBuilder text = new StringBuilder();
        for (Chunk next = reader.poll(); next != null; next = reader.poll()) {
            text.append(new String(next.bytes(), StandardCharsets.ISO_8859_1));
        }
        assertEquals(Optional.of(OutputReader.End.COMPLETE), reader.end());
        return text.toString();
    }

    private static String text(byte[] input) {
        StringBuilder text = new StringBuilder();
        new LogDecoder()
                .decode(
                        input,
                        1,
                        input.length,
                        (channel, at, log, from, length) ->
                                text.append(new String(log, from, length, StandardCharsets.ISO_8859_1)));
        return text.toString();
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

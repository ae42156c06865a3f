package io.fairlead.backend.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.core.backend.Channel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogDecoderTest {
    private static final String STAMP = "2026-11-23T20:31:58.337357815+00:00 stdout ";

    @ParameterizedTest
    @CsvSource({
        "F hello|, hello|",
        "F |, |",
        "P login: |, 'login: '",
        "P a|F b c |, ab c |",
        "F P F|P  x|, 'P F| x'",
    })
    void decode_whenLinesAreWholeOrPartial_givesWhatTheGuestWrote(String tagged, String expected) {
        assertEquals(lines(expected), decode(log(tagged), Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"torn", "'2026-11-23T20:31:58 std'"})
    void decode_whenALineIsTorn_goesOnWithTheNext(String torn) {
        assertEquals("whole\n", decode(torn + "\n" + log("F whole|"), Integer.MAX_VALUE));
    }

    @Test
    void decode_whereverTheBytesAreCut_givesTheSame() {
        for (int piece = 1; piece <= 70; piece++) {
            assertEquals("first\nsecond and more\n", decode(log("F first|P second |F and more|"), piece));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T20:31:58.337357815+00:00 stdout F, 2026-11-23T20:31:58.337357815Z, STDOUT",
        "2026-11-23T20:31:58.337357815+01:30 stderr F, 2026-11-23T19:01:58.337357815Z, STDERR",
        "2024-02-29T23:59:59.000000001-08:00 stdout P, 2024-03-01T07:59:59.000000001Z, STDOUT",
        "1969-12-31T23:59:59.999999999+00:00 stderr P, 1969-12-31T23:59:59.999999999Z, STDERR",
    })
    void decode_whateverTheZone_tellsTimeAndChannel(String prefix, String at, Channel channel) {
        List<String> seen = new ArrayList<>();
        byte[] line = (prefix + " x\n").getBytes(StandardCharsets.UTF_8);
        new LogDecoder().decode(line, 0, line.length, (where, when, log, from, length) -> seen.add(when + " " + where));
        assertEquals(List.of(at + " " + channel), seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-31T20:31:58.337357815+00:00 stdout F x",
                "2026-11-23T20:31:58.337357815+00:00 stdin F x",
                "2026-11-23T20:31:58.337357815+00:00 stdout G x",
                "2026-11-23T20:31:58.33735781+00:00 stdout F x",
                "2026-11-23T20:31:58.337357815+00:00  stdout F x",
            })
    void decode_whenALineIsNone_leavesItOut(String line) {
        assertEquals("whole\n", decode(line + "\n" + log("F whole|"), Integer.MAX_VALUE));
    }

    /** In the test's tables a bar stands for a line feed, and each line of the log ends with one. */
    private static String log(String tagged) {
        StringBuilder log = new StringBuilder();
        for (String line : tagged.split("\\|")) {
            log.append(STAMP).append(line).append('\n');
        }
        return log.toString();
    }

    private static String lines(String text) {
        return text == null ? "" : text.replace('|', '\n');
    }

    private static String decode(String log, int piece) {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        LogDecoder decoder = new LogDecoder();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; ) {
            int end = (int) Math.min(bytes.length, (long) at + piece);
            decoder.decode(bytes, at, end, (channel, time, text, from, length) -> out.write(text, from, length));
            at = end;
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

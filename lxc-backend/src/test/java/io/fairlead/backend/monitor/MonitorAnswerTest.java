package io.fairlead.backend.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fairlead.linux.sys.Pipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MonitorAnswerTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Test
    void parse_whenTheContainerIsMade_hasItsPid() throws IOException {
        assertEquals(new MonitorAnswer(17605, null), MonitorAnswer.parse("{\"data\": 17605}\n"));
    }

    @Test
    void parse_whenCrunRefuses_hasItsWords() throws IOException {
        String line = "{\"data\": -1, \"message\": \"executable file `/bin/nope` not found in $PATH: No such file or"
                + " directory\\n\"}";
        assertEquals(
                "executable file `/bin/nope` not found in $PATH: No such file or directory",
                MonitorAnswer.parse(line).message());
    }

    @Test
    void parse_whenRuncRefuses_hasItsWordsWithoutTheLoggersFrame() throws IOException {
        String line = "{\"data\": -1, \"message\": \"time=\\\"2026-11-23T20:37:08Z\\\" level=warning msg=\\\"odd\\\"\\n"
                + "time=\\\"2026-11-23T20:37:08Z\\\" level=error msg=\\\"runc create failed: unable to start container"
                + " process: exec: \\\\\\\"/bin/nope\\\\\\\": stat /bin/nope: no such file or directory\\\"\\n\"}";
        assertEquals(
                "exec: \"/bin/nope\": stat /bin/nope: no such file or directory",
                MonitorAnswer.parse(line).message());
    }

    @Test
    void parse_whenRuncHasMuchToSay_hasAllOfIt() throws IOException {
        String words = "x".repeat(8000); // conmon keeps 8 KiB
        String line = "{\"data\": -1, \"message\": \"level=error msg=\\\"" + words + "\\\"\"}";
        assertEquals(words, MonitorAnswer.parse(line).message());
    }

    @Test
    void read_whenTheMonitorEndsWithoutAWord_hasNoPid() throws IOException {
        try (Pipe pipe = Pipe.open()) {
            pipe.writer().close();
            assertEquals(new MonitorAnswer(-1, null), MonitorAnswer.read(pipe.reader(), LIMIT));
        }
    }

    @Test
    void read_whenTheLineComesInPieces_waitsForItsEnd() throws IOException {
        try (Pipe pipe = Pipe.open()) {
            pipe.writer().write("{\"data\": ".getBytes(StandardCharsets.UTF_8));
            Thread rest = new Thread(() -> write(pipe, "42}\n"));
            rest.start();
            assertEquals(new MonitorAnswer(42, null), MonitorAnswer.read(pipe.reader(), LIMIT));
        }
    }

    @Test
    void read_whenTheRuntimeHangs_returnsWhenTheTimeIsUp() throws IOException {
        try (Pipe pipe = Pipe.open()) {
            assertNull(MonitorAnswer.read(pipe.reader(), Duration.ofMillis(20)));
        }
    }

    private static void write(Pipe pipe, String text) {
        try {
            pipe.writer().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

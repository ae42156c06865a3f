package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JacksonException;
import io.fairlead.backend.monitor.MonitorAnswer;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.linux.process.ProcessId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files beside a guest, with any content, are either read whole or reported as damaged, with no other effect.
 */
class RunFilesFuzzTest {
    @TempDir
    static Path folder;

    @MethodSource("records")
    @FuzzTest
    void record_whenItHoldsAnything_isRefusedOrComesBackTheSame(byte[] input) throws IOException {
        Path file = folder.resolve("record.json");
        Files.write(file, input);
        GuestRecord record;
        try {
            record = GuestRecord.read(file);
        } catch (JacksonException damaged) {
            return;
        }
        if (record == null) {
            return; // JSON's null: there is no record
        }
        assertTrue(record.cgroup().length() > 1, "the root group would be killed");
        assertTrue(record.stage() == GuestRecord.Stage.LAUNCHING || record.init() != null && record.monitor() != null);
        record.write(file);
        assertEquals(record, GuestRecord.read(file));
    }

    @MethodSource("statuses")
    @FuzzTest
    void status_whenItHoldsAnything_isThatNumberOrUnknown(byte[] input) throws IOException {
        GuestFolder guest = GuestFolder.of(folder, new UUID(0, 1));
        Files.createDirectories(guest.path());
        Files.write(guest.exit(), input);

        int status = EndWatch.status(guest);

        assertTrue(status >= -1 && status <= 999, "status " + status);
    }

    @MethodSource("answers")
    @FuzzTest
    void answer_whenTheMonitorSaysAnything_isRefusedOrReadable(byte[] input) throws IOException {
        try {
            MonitorAnswer answer = MonitorAnswer.parse(new String(input, StandardCharsets.UTF_8));
            assertTrue(answer.message() == null || answer.message().length() <= input.length);
        } catch (JacksonException notAnAnswer) {
            return;
        }
    }

    static List<byte[]> records() throws IOException {
        Path file = folder.resolve("seed.json");
        GuestRecord intent = GuestRecord.intent("4f0c", "/fairlead/machine/a-8f1f2c54", true, MonitorShape.TERMINAL);
        intent.write(file);
        byte[] first = Files.readAllBytes(file);
        intent.withId("x")
                .withMonitor(new ProcessId(10, 1000))
                .running(new ProcessId(11, 1001))
                .write(file);
        return List.of(first, Files.readAllBytes(file));
    }

    static List<byte[]> statuses() {
        return bytes("0\n", "137", "-1", "+7", "\u0663", "99999999999", "\u00ff");
    }

    static List<byte[]> answers() {
        return bytes(
                "{\"data\": 4711}\n",
                "{\"data\": -1, \"message\": \"warning\\ntime=x level=error msg=\\\"no \\\\\\\"such\\\\\\\" file\\\"\"}",
                "{\"data\": -1, \"message\": \"runc create failed: unable to start container process: x\"}",
                "{\"data\": -1, \"message\": \"level=error msg=\\\"" + "x".repeat(60_000) + "\\\"\"}");
    }

    private static List<byte[]> bytes(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}

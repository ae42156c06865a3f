package io.fairlead.backend.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JacksonException;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.linux.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** The record of a process is whole or damaged, and a whole one comes back the same when it is written again. */
class ExecRecordFuzzTest {
    @TempDir
    static Path folder;

    @MethodSource("seeds")
    @FuzzTest
    void record_whenReadFromAnyBytes_isDamagedOrComesBackTheSame(byte[] input) throws IOException {
        Path file = folder.resolve("record.json");
        Files.write(file, input);
        ExecRecord record;
        try {
            record = ExecRecord.read(file);
        } catch (JacksonException e) {
            return;
        }
        if (record != null) { // the text "null"
            record.write(file);
            assertEquals(record, ExecRecord.read(file));
        }
    }

    static List<byte[]> seeds() throws IOException {
        ProcessId one = new ProcessId(7, 99);
        ExecRecord intent = ExecRecord.intent("boot", MonitorShape.TERMINAL);
        List<byte[]> seeds = new ArrayList<>();
        for (ExecRecord record : List.of(
                intent,
                intent.withMonitor(one),
                intent.withMonitor(one).running(one, 5, List.of("sh", "-c", "true")),
                intent.withMonitor(one).running(null, 5, List.of("true")),
                intent.failed(5, List.of("nothing"), 127, "it does not exist"))) {
            Path file = Files.createTempFile("record", ".json");
            record.write(file);
            seeds.add(Files.readAllBytes(file));
            Files.delete(file);
        }
        seeds.add("null".getBytes(UTF_8));
        return seeds;
    }
}

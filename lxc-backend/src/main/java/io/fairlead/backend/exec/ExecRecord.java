package io.fairlead.backend.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fairlead.backend.files.OwnFiles;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.core.backend.ExecExit;
import io.fairlead.linux.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Facts about a process that the next daemon needs. STARTING is the intent: if a starting daemon finds it, the process
 * is half made and no client knows it.
 *
 * @param bootId the boot that pids and ticks belong to
 * @param monitor null until it is started
 * @param process null until the runtime has made it, and if it had ended before it was looked at
 * @param startedMillis since 1970; 0 before
 * @param command empty before
 * @param shape of its streams
 * @param status of a command that could not be executed, with its failure; else null
 */
record ExecRecord(
        Stage stage,
        String bootId,
        ProcessId monitor,
        ProcessId process,
        long startedMillis,
        List<String> command,
        MonitorShape shape,
        Integer status,
        String failure) {
    enum Stage {
        STARTING,
        RUNNING,
        FAILED
    }

    // ProcessId.isAlive asks the kernel; it is not part of the record.
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    ExecRecord {
        requireNonNull(stage, "stage");
        requireNonNull(bootId, "bootId");
        requireNonNull(shape, "shape");
        command = List.copyOf(command);
        if (stage == Stage.RUNNING) {
            requireNonNull(monitor, "monitor");
        }
        if (stage == Stage.FAILED) {
            requireNonNull(status, "status");
            new ExecExit(status, Instant.EPOCH); // refuses a number that no exit has
        }
    }

    /** A monitor is about to be started; it may not be known yet for which command. */
    static ExecRecord intent(String bootId, MonitorShape shape) {
        return new ExecRecord(Stage.STARTING, bootId, null, null, 0, List.of(), shape, null, null);
    }

    ExecRecord withMonitor(ProcessId id) {
        return new ExecRecord(stage, bootId, id, process, startedMillis, command, shape, status, failure);
    }

    ExecRecord running(ProcessId id, long atMillis, List<String> what) {
        return new ExecRecord(Stage.RUNNING, bootId, monitor, id, atMillis, what, shape, null, null);
    }

    ExecRecord failed(long atMillis, List<String> what, int how, String why) {
        return new ExecRecord(Stage.FAILED, bootId, null, null, atMillis, what, shape, how, why);
    }

    /** @throws com.fasterxml.jackson.core.JacksonException if it is damaged */
    static ExecRecord read(Path file) throws IOException {
        // As text: in bytes, the parser would take the zeros of a torn write for UTF-32, and fail in another way.
        return JSON.readValue(new String(Files.readAllBytes(file), UTF_8), ExecRecord.class);
    }

    /** Writes the record whole or not at all. Without fsync: after a power cut it is no longer needed. */
    void write(Path file) throws IOException {
        OwnFiles.write(file, JSON.writeValueAsBytes(this));
    }
}

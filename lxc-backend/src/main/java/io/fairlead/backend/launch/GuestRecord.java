package io.fairlead.backend.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fairlead.backend.files.OwnFiles;
import io.fairlead.linux.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the next daemon must know about a guest, beside its definition. LAUNCHING is the intent: found at a start of the
 * daemon, it means half made, whatever else is there.
 *
 * @param id the name that runtime and monitor know it by; null for the uuid
 * @param bootId the boot that pids and ticks belong to
 * @param cgroup the guest's own group
 * @param monitor null until it is started
 * @param init null until the runtime has made it
 * @param autodestroy dies with its client's connection
 */
record GuestRecord(
        Stage stage, String id, String bootId, String cgroup, ProcessId monitor, ProcessId init, boolean autodestroy) {
    enum Stage {
        LAUNCHING,
        RUNNING
    }

    // ProcessId.isAlive asks the kernel; it is not part of the record.
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    GuestRecord {
        requireNonNull(stage, "stage");
        requireNonNull(bootId, "bootId");
        // What follows is killed, and removed.
        if (!cgroup.matches("/[^/].*")) {
            throw new IllegalArgumentException("cgroup: %s (expected: a group below the root)".formatted(cgroup));
        }
        if (stage == Stage.RUNNING) {
            requireNonNull(monitor, "monitor");
            requireNonNull(init, "init");
        }
    }

    static GuestRecord intent(String bootId, String cgroup, boolean autodestroy) {
        return new GuestRecord(Stage.LAUNCHING, null, bootId, cgroup, null, null, autodestroy);
    }

    GuestRecord withId(String name) {
        return new GuestRecord(stage, name, bootId, cgroup, monitor, init, autodestroy);
    }

    GuestRecord withMonitor(ProcessId id) {
        return new GuestRecord(stage, this.id, bootId, cgroup, id, init, autodestroy);
    }

    GuestRecord running(ProcessId id) {
        return new GuestRecord(Stage.RUNNING, this.id, bootId, cgroup, monitor, id, autodestroy);
    }

    /** @throws com.fasterxml.jackson.core.JacksonException if it is damaged */
    static GuestRecord read(Path file) throws IOException {
        // As text: in bytes, the zeros of a torn write would be taken for UTF-32, and fail in a way of their own.
        return JSON.readValue(new String(Files.readAllBytes(file), UTF_8), GuestRecord.class);
    }

    /** Whole or not at all. Without fsync: after a power cut nothing of it counts any more. */
    void write(Path file) throws IOException {
        OwnFiles.write(file, JSON.writeValueAsBytes(this));
    }
}

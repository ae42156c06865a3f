package io.fairlead.backend.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fairlead.backend.files.OwnFiles;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.linux.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Facts about a guest that the next daemon needs, in addition to its definition. LAUNCHING is the intent: if a starting
 * daemon finds it, the guest is half made, whatever else exists.
 *
 * @param id the guest's name for runtime and monitor; null for the uuid
 * @param bootId the boot that pids and ticks belong to
 * @param cgroup the guest's own group
 * @param monitor null until it is started
 * @param init null until the runtime has made it
 * @param autodestroy whether the guest dies with its client's connection
 * @param shape of the guest's streams; records of earlier versions lack it, and mean a terminal
 */
record GuestRecord(
        Stage stage,
        String id,
        String bootId,
        String cgroup,
        ProcessId monitor,
        ProcessId init,
        boolean autodestroy,
        MonitorShape shape) {
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
        shape = shape == null ? MonitorShape.TERMINAL : shape;
        // All processes of this group may be killed and the group removed.
        if (!cgroup.matches("/[^/].*")) {
            throw new IllegalArgumentException("cgroup: %s (expected: a group below the root)".formatted(cgroup));
        }
        if (stage == Stage.RUNNING) {
            requireNonNull(monitor, "monitor");
            requireNonNull(init, "init");
        }
    }

    static GuestRecord intent(String bootId, String cgroup, boolean autodestroy, MonitorShape shape) {
        return new GuestRecord(Stage.LAUNCHING, null, bootId, cgroup, null, null, autodestroy, shape);
    }

    GuestRecord withId(String name) {
        return new GuestRecord(stage, name, bootId, cgroup, monitor, init, autodestroy, shape);
    }

    GuestRecord withMonitor(ProcessId id) {
        return new GuestRecord(stage, this.id, bootId, cgroup, id, init, autodestroy, shape);
    }

    GuestRecord running(ProcessId id) {
        return new GuestRecord(Stage.RUNNING, this.id, bootId, cgroup, monitor, id, autodestroy, shape);
    }

    /** @throws com.fasterxml.jackson.core.JacksonException if it is damaged */
    static GuestRecord read(Path file) throws IOException {
        // As text: in bytes, the parser would take the zeros of a torn write for UTF-32, and fail in another way.
        return JSON.readValue(new String(Files.readAllBytes(file), UTF_8), GuestRecord.class);
    }

    /** Writes the record whole or not at all. Without fsync: after a power cut it is no longer needed. */
    void write(Path file) throws IOException {
        OwnFiles.write(file, JSON.writeValueAsBytes(this));
    }
}

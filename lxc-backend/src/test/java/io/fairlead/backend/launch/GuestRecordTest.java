package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.linux.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestRecordTest {
    @TempDir
    private Path directory;

    @Test
    void read_whenItWasWritten_isTheSame() throws IOException {
        GuestRecord record = GuestRecord.intent("boot", "/fairlead/machine/a-1", true, MonitorShape.ONCE_PIPES)
                .withMonitor(new ProcessId(10, 1000))
                .running(new ProcessId(11, 1001));
        Path file = directory.resolve("record.json");
        record.write(file);
        assertEquals(record, GuestRecord.read(file));
    }

    @Test
    void read_whenOnlyTheIntentWasWritten_knowsNoProcess() throws IOException {
        Path file = directory.resolve("record.json");
        GuestRecord.intent("boot", "/fairlead/machine/a-1", false, MonitorShape.TERMINAL)
                .write(file);
        GuestRecord read = GuestRecord.read(file);
        assertEquals(GuestRecord.Stage.LAUNCHING, read.stage());
        assertNull(read.monitor());
        assertNull(read.init());
    }

    @Test
    void read_whenALaterVersionWroteMore_ignoresIt() throws IOException {
        Path file = directory.resolve("record.json");
        Files.writeString(
                file,
                """
                {"stage": "RUNNING", "bootId": "b", "cgroup": "/c", "monitor": {"pid": 1, "startTicks": 2, "colour": "red"},
                 "init": {"pid": 3, "startTicks": 4}, "autodestroy": false, "colour": "red"}""");
        assertEquals(3, GuestRecord.read(file).init().pid());
    }
}

package io.fairlead.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.daemon.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {
    @TempDir
    Path run;

    @Test
    void take_whenFree_tellsOurPid() throws IOException {
        InstanceLock lock = InstanceLock.take(run);

        assertEquals(
                Long.toString(pid()),
                Files.readString(run.resolve("daemon.pid")).strip());
        lock.close();
    }

    @Test
    void take_whenAnotherHasIt_namesThatOne() throws IOException {
        InstanceLock lock = InstanceLock.take(run);

        ConfigException refusal = assertThrows(ConfigException.class, () -> InstanceLock.take(run));

        assertTrue(refusal.getMessage().contains("pid " + pid()), refusal.getMessage());
        lock.close();
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    @Test
    void take_whenTheLastHolderHasLetGo_succeeds() throws IOException {
        InstanceLock.take(run).close();
        assertFalse(Files.exists(run.resolve("daemon.pid")));

        InstanceLock.take(run).close();
    }

    @Test
    void take_whenTheLastHolderWasKilled_ignoresItsPid() throws IOException {
        Files.writeString(run.resolve("daemon.pid"), "1\n");

        InstanceLock.take(run).close();
    }

    @Test
    void bootMark_whenSet_holdsForThisBootOnly() throws IOException {
        BootMark mark = new BootMark(run);
        assertFalse(mark.isSet());

        mark.set();
        assertTrue(mark.isSet());

        Files.writeString(run.resolve("autostarted"), "00000000-0000-0000-0000-000000000000\n");
        assertFalse(mark.isSet());
    }
}

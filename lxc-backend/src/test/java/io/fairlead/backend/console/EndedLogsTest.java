package io.fairlead.backend.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndedLogsTest {
    @TempDir
    private Path directory;

    /** Written this many minutes from now, so after the folder was made. */
    private UUID log(int minutes) {
        UUID uuid = UUID.randomUUID();
        ConsoleLog log = ConsoleLog.in(directory.resolve(uuid.toString()), 1);
        try {
            log.begin();
            log.create();
            Files.setLastModifiedTime(log.path(), FileTime.from(Instant.now().plus(Duration.ofMinutes(minutes))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return uuid;
    }

    private boolean isThere(UUID uuid) {
        return Files.exists(directory.resolve(uuid.toString()));
    }

    @Test
    void prune_whenThereAreMore_keepsTheLatest() throws IOException {
        List<UUID> logs = IntStream.range(1, 8).mapToObj(this::log).toList();
        new EndedLogs(directory, 3).prune(uuid -> false);
        assertEquals(logs.subList(4, 7), logs.stream().filter(this::isThere).toList());
    }

    @Test
    void prune_leavesTheLogsOfThoseThatRun() throws IOException {
        UUID running = log(1);
        UUID old = log(2);
        UUID latest = log(3);
        new EndedLogs(directory, 1).prune(running::equals);
        assertTrue(isThere(running));
        assertFalse(isThere(old));
        assertTrue(isThere(latest));
    }

    @Test
    void prune_whenAFolderHasJustGotItsName_countsItAsNew() throws Exception {
        UUID standby = log(-60);
        UUID old = log(-50);
        Path folder = directory.resolve(old.toString());
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofMinutes(50))));
        Thread.sleep(20); // the file system's clock is coarse
        UUID named = UUID.randomUUID();
        Files.move(directory.resolve(standby.toString()), directory.resolve(named.toString()));
        new EndedLogs(directory, 1).prune(uuid -> false);
        assertTrue(isThere(named));
        assertFalse(isThere(old));
    }

    @Test
    void prune_leavesAloneWhatIsNoGuests() throws IOException {
        Path other = Files.createDirectories(directory.resolve("standby/x"));
        Path file = Files.writeString(directory.resolve("fairlead.log"), "x");
        new EndedLogs(directory, 0).prune(uuid -> false);
        assertTrue(Files.exists(other));
        assertTrue(Files.exists(file));
        new EndedLogs(directory.resolve("missing"), 0).prune(uuid -> false);
    }
}

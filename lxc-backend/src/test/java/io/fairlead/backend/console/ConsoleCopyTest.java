package io.fairlead.backend.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.file.AppendedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleCopyTest {
    private static final long LIMIT = 8L << 20;

    @TempDir
    private Path directory;

    private ConsoleLog log;
    private MonitorLog monitor;
    private Path file;
    private Path position;

    @BeforeEach
    void make() throws IOException {
        log = ConsoleLog.in(directory.resolve("log"), LIMIT);
        monitor = new MonitorLog(log.path());
        log.create();
        file = directory.resolve("copy");
        position = directory.resolve("position");
    }

    private ConsoleCopy open() throws IOException {
        return new ConsoleCopy(log, AppendedFile.open(file, List.of()), position);
    }

    @Test
    void pump_whenTheGuestWrote_copiesTheBytes() throws Exception {
        try (ConsoleCopy copy = open()) {
            copy.begin();
            monitor.line("one");
            copy.pump();
            assertEquals("one\n", Files.readString(file));
            monitor.line("two");
            copy.pump();
            copy.pump();
            assertEquals("one\ntwo\n", Files.readString(file));
        }
    }

    @Test
    void pump_afterARestart_goesOnWithWhatWasWrittenMeanwhile() throws Exception {
        try (ConsoleCopy copy = open()) {
            copy.begin();
            monitor.line("one");
            copy.pump();
        }
        monitor.line("two");
        try (ConsoleCopy copy = open()) {
            copy.pump();
            assertEquals("one\ntwo\n", Files.readString(file));
        }
    }

    /** The daemon wrote, and was killed before it could record that. */
    @Test
    void pump_whenTheDaemonDiedAfterAWrite_doesNotRepeatIt() throws Exception {
        byte[] noted;
        try (ConsoleCopy copy = open()) {
            copy.begin();
            monitor.line("one");
            copy.pump();
            noted = Files.readAllBytes(position);
            monitor.line("two");
            copy.pump();
        }
        Files.write(position, noted);
        monitor.line("three");
        try (ConsoleCopy copy = open()) {
            copy.pump();
            assertEquals("one\ntwo\nthree\n", Files.readString(file));
        }
    }

    @Test
    void pump_whenTheMonitorBeganAnotherFile_losesAndRepeatsNothing() throws Exception {
        try (ConsoleCopy copy = open()) {
            copy.begin();
            monitor.line("one");
            copy.pump();
            monitor.line("two");
            monitor.rotate();
            monitor.line("three");
            copy.pump();
            assertEquals("one\ntwo\nthree\n", Files.readString(file));
        }
    }

    @Test
    void pump_whenTheMonitorBeganAnotherFileWhileNoDaemonRan_losesAndRepeatsNothing() throws Exception {
        try (ConsoleCopy copy = open()) {
            copy.begin();
            monitor.line("one");
            copy.pump();
        }
        monitor.line("two");
        monitor.rotate();
        monitor.line("three");
        try (ConsoleCopy copy = open()) {
            copy.pump();
            assertEquals("one\ntwo\nthree\n", Files.readString(file));
        }
    }

    @Test
    void pump_whenTheFileIsFull_movesItAside() throws Exception {
        try (ConsoleCopy copy = open()) {
            copy.begin();
            String line = "x".repeat(8000);
            for (int n = 0; n < 1200; n++) {
                monitor.line(line);
            }
            copy.pump();
        }
        for (String name : new String[] {"copy", "copy.0", "copy.1", "copy.2"}) {
            assertTrue(Files.size(directory.resolve(name)) <= 2L << 20, name);
        }
        assertTrue(Files.notExists(directory.resolve("copy.3")));
    }
}

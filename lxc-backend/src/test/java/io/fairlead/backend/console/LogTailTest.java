package io.fairlead.backend.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    private static final long LIMIT = 1000;

    @TempDir
    private Path directory;

    private ConsoleLog log;
    private MonitorLog monitor;

    @BeforeEach
    void begin() throws IOException {
        log = new ConsoleLog(directory.resolve("guest.log"), LIMIT);
        log.begin();
        monitor = new MonitorLog(log.path());
    }

    @Test
    void next_whenLinesFollowThePast_givesEachOnce() throws IOException {
        monitor.line("before");
        try (LogTail tail = new LogTail(log)) {
            assertEquals("before\n", text(tail.past()));
            assertEquals("", text(tail.next()));
            monitor.line("after");
            assertEquals("after\n", text(tail.next()));
            assertEquals("", text(tail.next()));
        }
    }

    @Test
    void past_whenMoreWasWrittenThanAScrollbackHolds_isItsEnd() throws IOException {
        for (int line = 0; line < 10_000; line++) {
            monitor.line("line " + line);
        }
        try (LogTail tail = new LogTail(log)) {
            String past = text(tail.past());
            assertEquals(Scrollback.BYTES, past.length());
            assertTrue(past.endsWith("line 9998\nline 9999\n"));
        }
    }

    @Test
    void next_whenTheMonitorReplacesTheFile_finishesTheOldAndGoesOnWithTheNew() throws IOException {
        try (LogTail tail = new LogTail(log)) {
            assertEquals("", text(tail.past()));
            monitor.line("old");
            monitor.rotate();
            monitor.line("new");
            assertEquals("old\n", text(tail.next()));
            assertEquals("new\n", text(tail.next()));
        }
    }

    @Test
    void past_whenTheMonitorHasJustReplacedTheFile_beginsInThePreviousOne() throws IOException {
        log.keep();
        monitor.line("old");
        monitor.rotate();
        monitor.line("new");
        try (LogTail tail = new LogTail(log)) {
            assertEquals("old\nnew\n", text(tail.past()));
        }
    }

    @Test
    void keep_whenTheNewFileIsShort_keepsThePreviousOne() throws IOException {
        log.keep();
        monitor.line("old");
        monitor.rotate();
        monitor.line("new");
        log.keep();
        try (LogTail tail = new LogTail(log)) {
            assertEquals("old\nnew\n", text(tail.past()));
        }
    }

    @Test
    void keep_whenTheNewFileIsHalfFull_secureItForTheNextReplacement() throws IOException {
        log.keep();
        monitor.line("first");
        monitor.rotate();
        for (int line = 0; line < 12; line++) {
            monitor.line("second");
        }
        log.keep();
        monitor.rotate();
        monitor.line("third");
        try (LogTail tail = new LogTail(log)) {
            assertEquals("second\n".repeat(12) + "third\n", text(tail.past()));
        }
    }

    @Test
    void begin_whenThereIsALogOfAnEarlierRun_putsItAside() throws IOException {
        monitor.line("earlier");
        log.begin();
        try (LogTail tail = new LogTail(log)) {
            assertEquals("", text(tail.past()));
        }
        assertEquals("earlier\n", text(new LogTail(new ConsoleLog(log.lastRun(), LIMIT)).past()));
    }

    @Test
    void create_beforeTheMonitorsFirstLine_keepsThatLineThroughARotation() throws IOException {
        Files.delete(log.path());
        log.create();
        monitor.line("first");
        monitor.rotate();
        monitor.line("second");
        try (LogTail tail = new LogTail(log)) {
            assertEquals("first\nsecond\n", text(tail.past()));
        }
    }

    @Test
    void create_whenTheMonitorHasBegun_keepsWhatItWrote() throws IOException {
        monitor.line("first");
        log.create();
        assertEquals(log.identity(log.path()), log.identity(log.previous()));
        try (LogTail tail = new LogTail(log)) {
            assertEquals("first\n", text(tail.past()));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

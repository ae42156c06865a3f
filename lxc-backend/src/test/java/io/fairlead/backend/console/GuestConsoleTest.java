package io.fairlead.backend.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.BlockingReader;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.ConsoleMode;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.core.backend.Io;
import io.fairlead.core.backend.Stdio;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.sys.Poller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class GuestConsoleTest {
    @TempDir
    private Path directory;

    private Poller poller;
    private FakeMonitor monitor;
    private GuestConsole console;
    private volatile boolean dead;

    @BeforeEach
    void begin() throws IOException {
        Path path = directory.resolve("guest.log");
        poller = new Poller("streams");
        monitor = new FakeMonitor(path, poller);
        console = new GuestConsole(new MonitoredIo(
                "guest", Stdio.TERMINAL, new ConsoleLog(path, 16 << 20), directory, monitor, poller, () -> dead));
    }

    @AfterEach
    void end() {
        poller.close();
    }

    @Test
    void read_whenTheGuestWroteBefore_beginsWithThat() throws Exception {
        monitor.line("before");
        try (ConsoleSession session = console.open(ConsoleMode.SHARED)) {
            monitor.line("after");
            assertEquals("before\nafter\n", read(session, 13));
        }
    }

    @Test
    void read_whenTheMonitorAcceptsLate_losesNothing() throws Exception {
        monitor.acceptLater();
        try (ConsoleSession session = console.open(ConsoleMode.SHARED)) {
            monitor.line("unseen by the socket");
            assertEquals("unseen by the socket\n", read(session, 21));
        }
    }

    @Test
    void read_whenSeveralRead_givesEachEverything() throws Exception {
        try (ConsoleSession one = console.open(ConsoleMode.SHARED);
                ConsoleSession other = console.open(ConsoleMode.SHARED)) {
            monitor.line("for both");
            assertEquals("for both\n", read(one, 9));
            assertEquals("for both\n", read(other, 9));
        }
    }

    @Test
    void read_whenOneJoinsAnother_getsThePastAndTheFutureOnce() throws Exception {
        StringBuilder expected = new StringBuilder();
        try (ConsoleSession first = console.open(ConsoleMode.SHARED)) {
            for (int line = 0; line < 500; line++) {
                monitor.line("line " + line);
                expected.append("line ").append(line).append('\n');
                if (line == 250) {
                    ConsoleSession second = console.open(ConsoleMode.SHARED);
                    for (int rest = line + 1; rest < 500; rest++) {
                        monitor.line("line " + rest);
                        expected.append("line ").append(rest).append('\n');
                    }
                    assertEquals(expected.toString(), read(second, expected.length()));
                    break;
                }
            }
            assertEquals(expected.toString(), read(first, expected.length()));
        }
    }

    @Test
    void read_whenTheLogCannotBeWritten_takesWhatTheSocketBrings() throws Exception {
        try (ConsoleSession session = console.open(ConsoleMode.SHARED)) {
            monitor.line("logged");
            assertEquals("logged\n", read(session, 7));
            monitor.breakLog();
            monitor.line("only said");
            assertEquals("only said\n", read(session, 10));
        }
    }

    @Test
    void read_whenTheGuestEnds_givesTheRestAndThenTheEnd() throws Exception {
        try (ConsoleSession session = console.open(ConsoleMode.SHARED)) {
            monitor.line("last words");
            monitor.end();
            assertEquals("last words\n", read(session, 11));
            assertNull(next(session));
        }
    }

    @Test
    void open_whenForced_displacesTheOthers() throws Exception {
        ConsoleSession displaced = console.open(ConsoleMode.SHARED);
        try (ConsoleSession session = console.open(ConsoleMode.FORCE)) {
            assertNull(next(displaced));
            displaced.close();
            monitor.line("mine");
            assertEquals("mine\n", read(session, 5));
        }
    }

    @Test
    void open_whenSomebodyHasItForHimself_isRefusedUntilHeLeaves() {
        ConsoleSession exclusive = console.open(ConsoleMode.EXCLUSIVE);
        assertRefused(ConsoleMode.SHARED);
        assertRefused(ConsoleMode.EXCLUSIVE);
        exclusive.close();
        console.open(ConsoleMode.SHARED).close();
    }

    @Test
    void open_whenExclusiveButSomebodyReads_isRefused() {
        ConsoleSession reader = console.open(ConsoleMode.SHARED);
        assertRefused(ConsoleMode.EXCLUSIVE);
        reader.close();
    }

    @Test
    void open_whenTheGuestHasEnded_saysSo() {
        monitor.end();
        EngineException refused = assertThrows(EngineException.class, () -> console.open(ConsoleMode.SHARED));
        assertEquals(ErrorCode.OPERATION_INVALID, refused.code());
    }

    @Test
    void close_whenItWasTheLastReader_letsTheMonitorGo() {
        ConsoleSession session = console.open(ConsoleMode.SHARED);
        assertTrue(monitor.attached());
        session.close();
        assertFalse(monitor.attached());
    }

    @Test
    void write_whenTheTextIsLong_comesInPiecesInOrder() {
        String text = "0123456789".repeat(1000);
        try (ConsoleSession session = console.open(ConsoleMode.SHARED)) {
            session.write(text.getBytes(StandardCharsets.UTF_8));
        }
        List<String> typed = monitor.typed();
        assertEquals(text, String.join("", typed));
        assertTrue(typed.stream().allMatch(piece -> piece.length() <= 4096));
    }

    @Test
    void close_whenAWriterWaitsForTheGuest_endsItsWait() throws Exception {
        monitor.readNothing();
        ConsoleSession session = console.open(ConsoleMode.SHARED);
        CompletableFuture<Void> written =
                CompletableFuture.runAsync(() -> session.write("x".getBytes(StandardCharsets.UTF_8)));
        Thread.sleep(300);
        assertFalse(written.isDone());
        session.close();
        ExecutionException failed = assertThrows(ExecutionException.class, written::get);
        assertEquals(
                ErrorCode.OPERATION_INVALID,
                assertInstanceOf(EngineException.class, failed.getCause()).code());
    }

    @Test
    void write_whenTheThreadIsInterrupted_endsItsWait() {
        monitor.readNothing();
        try (ConsoleSession session = console.open(ConsoleMode.SHARED)) {
            Thread.currentThread().interrupt();
            EngineException failed =
                    assertThrows(EngineException.class, () -> session.write("x".getBytes(StandardCharsets.UTF_8)));
            assertEquals(ErrorCode.OPERATION_FAILED, failed.code());
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void read_whenAnotherReaderStalls_doesNotWaitForItAndTakesNothingFromIt() throws Exception {
        ConsoleSession stalled = console.open(ConsoleMode.SHARED);
        try (ConsoleSession session = console.open(ConsoleMode.SHARED)) {
            int bytes = flood();
            assertEquals(bytes, read(session, bytes).length());
            assertEquals(bytes, read(stalled, bytes).length());
        }
    }

    @Test
    void read_whenNobodyReads_makesTheGuestWaitUntilSomebodyDoes() throws Exception {
        try (ConsoleSession session = console.open(ConsoleMode.SHARED)) {
            int bytes = flood();
            awaitHeld();
            assertEquals(bytes, read(session, bytes).length());
            awaitTaken();
        }
    }

    @Test
    void read_whenTheGuestWaitsAndAnotherSessionOpens_goesOn() throws Exception {
        ConsoleSession stalled = console.open(ConsoleMode.SHARED);
        flood();
        awaitHeld();
        try (ConsoleSession session = console.open(ConsoleMode.SHARED)) {
            awaitTaken();
            monitor.line("new");
            assertTrue(read(session, GuestConsole.SCROLLBACK_BYTES + 4).endsWith("new\n"));
        }
        stalled.close();
    }

    /** The monitor cannot tell of the end while it waits for a reader. */
    @Test
    void read_whenTheGuestWaitsAndDies_waitsNoLonger() throws Exception {
        ConsoleSession session = console.open(ConsoleMode.SHARED);
        flood();
        awaitHeld();
        dead = true;
        awaitTaken();
        session.close();
    }

    /** Twice what a guest may be ahead. */
    private int flood() throws IOException {
        int lines = 2 * Io.BEHIND_MAX / 1024;
        for (int count = 0; count < lines; count++) {
            monitor.line("x".repeat(1023));
        }
        return lines * 1024;
    }

    private void awaitHeld() throws InterruptedException {
        for (int last = -1; last != monitor.waiting() || last == 0; ) {
            last = monitor.waiting();
            Thread.sleep(150);
        }
    }

    private void awaitTaken() throws InterruptedException {
        while (monitor.waiting() > 0) {
            Thread.sleep(5);
        }
    }

    private void assertRefused(ConsoleMode mode) {
        EngineException refused = assertThrows(EngineException.class, () -> console.open(mode));
        assertEquals(ErrorCode.OPERATION_FAILED, refused.code());
    }

    /** Null at the end. */
    private static byte[] next(ConsoleSession session) throws InterruptedException {
        Chunk next = new BlockingReader(session.output()).take();
        return next == null ? null : next.bytes();
    }

    private static String read(ConsoleSession session, int length) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(new String(next(session), StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}

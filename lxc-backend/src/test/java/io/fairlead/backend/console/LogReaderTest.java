package io.fairlead.backend.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.Channel;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.linux.file.FileStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogReaderTest {
    private static final long LIMIT = 1000;
    private static final int SCROLLBACK = GuestConsole.SCROLLBACK_BYTES;

    @TempDir
    private Path directory;

    private ConsoleLog log;
    private MonitorLog monitor;
    private LogSequence sequence;
    private final List<LogReader> closed = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        log = new ConsoleLog(directory.resolve("guest.log"), LIMIT);
        log.begin();
        monitor = new MonitorLog(log.path());
        sequence = new LogSequence(log);
    }

    @AfterEach
    void close() {
        sequence.close();
    }

    private final LogReader.Owner owner = new LogReader.Owner() {
        @Override
        public void taken(LogReader reader) {
            // Nothing waits here.
        }

        @Override
        public void closed(LogReader reader) {
            closed.add(reader);
        }
    };

    private LogReader follower(LogRange range) throws IOException {
        return new LogReader("guest", sequence, owner, range, LogStart.of(sequence, range), Long.MAX_VALUE);
    }

    private String recorded(LogRange range) {
        return text(RecordedOutput.read("guest", log, range));
    }

    private String past(long bytes) throws IOException {
        LogStart start = LogStart.lastBytes(sequence, bytes);
        return text(new LogReader("guest", sequence, owner, LogRange.ALL, start, sequence.end()));
    }

    private static String text(OutputReader reader) {
        StringBuilder text = new StringBuilder();
        for (Chunk next = reader.poll(); next != null; next = reader.poll()) {
            text.append(new String(next.bytes(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    @Test
    void poll_whenLinesFollow_givesEachOnce() throws IOException {
        monitor.line("before");
        LogReader reader = follower(LogRange.ALL);
        assertEquals("before\n", text(reader));
        assertEquals("", text(reader));
        monitor.line("after");
        assertEquals("after\n", text(reader));
        assertEquals(Optional.empty(), reader.end());
        reader.complete();
        assertNull(reader.poll());
        assertEquals(Optional.of(OutputReader.End.COMPLETE), reader.end());
        assertEquals(List.of(reader), closed);
    }

    @Test
    void poll_whenChannelsOrTimesChange_givesAPieceForEach() throws IOException {
        monitor.line(MonitorLog.AT, Channel.STDOUT, "F", "a");
        monitor.line(MonitorLog.AT, Channel.STDOUT, "P", "b");
        monitor.line(MonitorLog.AT, Channel.STDERR, "F", "c");
        monitor.line(MonitorLog.AT.plusNanos(1), Channel.STDERR, "F", "d");
        LogReader reader = follower(LogRange.ALL);
        assertChunk(Channel.STDOUT, MonitorLog.AT, "a\nb", reader.poll());
        assertChunk(Channel.STDERR, MonitorLog.AT, "c\n", reader.poll());
        assertChunk(Channel.STDERR, MonitorLog.AT.plusNanos(1), "d\n", reader.poll());
        assertNull(reader.poll());
    }

    private static void assertChunk(Channel channel, Instant at, String text, Chunk chunk) {
        assertEquals(channel, chunk.channel());
        assertEquals(at, chunk.at());
        assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), chunk.bytes());
    }

    @Test
    void past_whenMoreWasWrittenThanAScrollbackHolds_isItsEnd() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int line = 0; line < 10_000; line++) {
            monitor.line("line " + line);
            all.append("line ").append(line).append('\n');
        }
        assertEquals(all.substring(all.length() - SCROLLBACK), past(SCROLLBACK));
        assertEquals(all.substring(all.length() - 7), past(7));
        assertEquals("", past(0));
    }

    @Test
    void poll_whenTheMonitorReplacesTheFile_finishesTheOldAndGoesOnWithTheNew() throws IOException {
        LogReader reader = follower(LogRange.ALL);
        assertEquals("", text(reader));
        monitor.line("old");
        monitor.rotate();
        monitor.line("new");
        assertEquals("old\nnew\n", text(reader));
    }

    /** As long as somebody looks now and then, unnamed files are kept for the slow. */
    @Test
    void poll_whenTheMonitorReplacesTheFileAgainAndAgain_losesNothingUntilTheReaderFallsTooFarBehind()
            throws IOException {
        LogReader slow = follower(LogRange.ALL);
        LogReader slower = follower(LogRange.ALL);
        for (int file = 0; file < LogSequence.FILES_MAX; file++) {
            monitor.line("file " + file);
            sequence.follow();
            if (file < LogSequence.FILES_MAX - 1) {
                monitor.rotate();
            }
        }
        assertEquals("file 0\nfile 1\nfile 2\nfile 3\n", text(slow));
        monitor.rotate();
        monitor.line("file 4");
        assertEquals("file 4\n", text(slow));
        assertNull(slower.poll());
        assertEquals(Optional.of(OutputReader.End.FELL_BEHIND), slower.end());
    }

    @Test
    void sequence_whenReadersHaveLeftAFile_keepsItsSpaceNoLonger() throws IOException {
        LogReader reader = follower(LogRange.ALL);
        for (int file = 0; file < 3; file++) {
            monitor.line("file " + file);
            text(reader);
            monitor.rotate();
        }
        monitor.line("last");
        text(reader);
        long open;
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            open = files.filter(fd -> isLog(fd)).count();
        }
        assertEquals(1, open);
    }

    private boolean isLog(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString().startsWith(log.path().toString());
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    @Test
    void poll_whenTheMonitorHasJustReplacedTheFile_beginsInThePreviousOne() throws IOException {
        log.keep();
        monitor.line("old");
        monitor.rotate();
        monitor.line("new");
        assertEquals("old\nnew\n", recorded(LogRange.ALL));
        assertEquals("old\nnew\n", past(SCROLLBACK));
        assertEquals("ld\nnew\n", past(7));
        assertEquals("old\nnew\n", recorded(LogRange.ALL.last(2)));
        assertEquals("new\n", recorded(LogRange.ALL.last(1)));
    }

    @Test
    void keep_whenTheNewFileIsShort_keepsThePreviousOne() throws IOException {
        log.keep();
        monitor.line("old");
        monitor.rotate();
        monitor.line("new");
        log.keep();
        assertEquals("old\nnew\n", recorded(LogRange.ALL));
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
        assertEquals("second\n".repeat(12) + "third\n", recorded(LogRange.ALL));
    }

    @Test
    void begin_whenThereIsALogOfAnEarlierRun_putsItAside() throws IOException {
        monitor.line("earlier");
        log.begin();
        assertEquals("", recorded(LogRange.ALL));
        assertEquals(
                "earlier\n", text(RecordedOutput.read("guest", new ConsoleLog(log.lastRun(), LIMIT), LogRange.ALL)));
    }

    @Test
    void create_beforeTheMonitorsFirstLine_keepsThatLineThroughARotation() throws IOException {
        Files.delete(log.path());
        log.create();
        monitor.line("first");
        monitor.rotate();
        monitor.line("second");
        assertEquals("first\nsecond\n", recorded(LogRange.ALL));
    }

    @Test
    void create_whenTheMonitorHasBegun_keepsWhatItWrote() throws IOException {
        monitor.line("first");
        log.create();
        assertTrue(FileStat.of(log.path()).isSameFile(FileStat.of(log.previous())));
        assertEquals("first\n", recorded(LogRange.ALL));
    }

    @Test
    void poll_whenThereIsNoLogYet_beginsWithItsFirstLine() throws IOException {
        Files.delete(log.path());
        try (LogSequence none = new LogSequence(log)) {
            LogReader reader =
                    new LogReader("guest", none, owner, LogRange.ALL, LogStart.of(none, LogRange.ALL), Long.MAX_VALUE);
            assertNull(reader.poll());
            Files.createFile(log.path());
            monitor.line("first");
            assertEquals("first\n", text(reader));
        }
        assertEquals("first\n", recorded(LogRange.ALL));
    }

    @Test
    void poll_whenALineIsTorn_leavesItOut() throws IOException {
        monitor.line("one");
        monitor.torn("2026-11-23T20:31\n");
        monitor.torn("x".repeat(300) + "\n");
        monitor.line("two");
        assertEquals("one\ntwo\n", recorded(LogRange.ALL));
        assertEquals("one\ntwo\n", recorded(LogRange.ALL.last(2)));
        assertEquals("ne\ntwo\n", past(7));
    }

    @Test
    void poll_whenALineIsBegun_countsItAsTheLast() throws IOException {
        monitor.line("one");
        monitor.line("two");
        monitor.line(MonitorLog.AT, Channel.STDOUT, "P", "thr");
        monitor.line(MonitorLog.AT, Channel.STDOUT, "P", "ee");
        assertEquals("three", recorded(LogRange.ALL.last(1)));
        assertEquals("two\nthree", recorded(LogRange.ALL.last(2)));
        monitor.torn("2026-11-23T20:31"); // the monitor is writing it
        assertEquals("two\nthree", recorded(LogRange.ALL.last(2)));
    }

    /** The log cannot be written; the packets come in the right place. */
    @Test
    void poll_whenAPieceIsNotInTheLog_givesItInItsPlace() throws IOException {
        LogReader reader = follower(LogRange.ALL);
        monitor.line("one");
        reader.add(new LogReader.Unlogged(
                sequence.end(), new Chunk(Channel.STDERR, MonitorLog.AT, "two\n".getBytes(StandardCharsets.UTF_8))));
        monitor.line("three");
        assertEquals("one\ntwo\nthree\n", text(reader));
    }

    /** Compares all ways to begin with a simple model, on random logs. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void start_whereverItIs_isWhereTheModelSays(long seed) throws IOException {
        Random random = new Random(seed);
        record Piece(Instant at, Channel channel, String text) {}
        List<Piece> pieces = new ArrayList<>();
        log.keep();
        for (int i = 0; i < 2000; i++) {
            Channel channel = random.nextInt(4) == 0 ? Channel.STDERR : Channel.STDOUT;
            boolean whole = random.nextInt(5) > 0;
            Instant at = MonitorLog.AT.plusSeconds(i / 3);
            String text = "x".repeat(random.nextInt(200)) + i;
            monitor.line(at, channel, whole ? "F" : "P", text);
            pieces.add(new Piece(at, channel, whole ? text + "\n" : text));
            if (i == 1200) {
                monitor.rotate();
            }
        }
        for (int i = 0; i < 40; i++) {
            Channel only = random.nextBoolean() ? Channel.STDOUT : Channel.STDERR;
            Instant since = MonitorLog.AT.plusSeconds(random.nextInt(700)).minusNanos(random.nextInt(2));
            StringBuilder expected = new StringBuilder();
            pieces.stream()
                    .filter(piece -> piece.channel() == only && !piece.at().isBefore(since))
                    .forEach(piece -> expected.append(piece.text()));
            assertEquals(expected.toString(), recorded(LogRange.ALL.of(only).since(since)));
            int lines = random.nextInt(50);
            assertEquals(
                    lastLines(expected.toString(), lines),
                    recorded(LogRange.ALL.of(only).since(since).last(lines)),
                    "the last " + lines);
            StringBuilder all = new StringBuilder();
            pieces.forEach(piece -> all.append(piece.text()));
            int bytes = random.nextInt(all.length());
            assertEquals(all.substring(all.length() - bytes), past(bytes));
        }
    }

    private static String lastLines(String text, int lines) {
        int at = text.length();
        for (int left = lines; left > 0 && at > 0; left--) {
            at = text.lastIndexOf('\n', at - 2) + 1;
        }
        return text.substring(at);
    }
}

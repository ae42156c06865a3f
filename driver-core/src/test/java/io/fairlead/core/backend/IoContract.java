package io.fairlead.core.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules for the streams of every process. The test of each implementation extends this class. */
@Timeout(60)
public abstract class IoContract {
    private static final Stdio CLOSED = new Stdio.Pipes(Stdio.Input.CLOSED);
    private static final Stdio ONCE = new Stdio.Pipes(Stdio.Input.ONCE);
    private static final Stdio OPEN = new Stdio.Pipes(Stdio.Input.OPEN);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** A process that does what a test tells it. */
    protected interface Puppet {
        Io io();

        /** Writes a line. Returns before or after it is written. */
        void say(Channel channel, String line);

        /** Writes this many lines of 99 letters to its standard output. */
        void flood(int lines);

        /** Everything that it has read. */
        String heard();

        /** Whether it has read the end of its input. */
        boolean heardEnd();

        /** Closes its input; returns when it has. */
        void closeInput();

        /** The size of its terminal as it sees it. */
        TerminalSize size();

        /** Ends; returns when the end is known. */
        void end();
    }

    /** Starts a process. Ends with the test. */
    protected abstract Puppet start(Stdio stdio);

    /** Kills the daemon and starts the next one. @return the same process, taken over */
    protected abstract Puppet restartDaemon(Puppet puppet);

    @Test
    void log_whenTheProcessHasPipes_tellsChannelAndTimeOfEachPiece() throws Exception {
        Puppet puppet = start(CLOSED);
        Instant before = Instant.now().minusMillis(1);
        puppet.say(Channel.STDOUT, "out");
        puppet.say(Channel.STDERR, "err");
        try (BlockingReader reader = new BlockingReader(puppet.io().log(LogRange.ALL, true))) {
            String out = "";
            String err = "";
            while (!out.equals("out\n") || !err.equals("err\n")) {
                Chunk next = reader.take();
                assertFalse(next.at().isBefore(before), () -> next.at() + " is before " + before);
                assertFalse(next.at().isAfter(Instant.now()), () -> next.at() + " is to come");
                out += next.channel() == Channel.STDOUT ? text(next) : "";
                err += next.channel() == Channel.STDERR ? text(next) : "";
            }
        }
    }

    @Test
    void log_whenTheProcessHasATerminal_isOfOneChannel() throws Exception {
        Puppet puppet = start(Stdio.TERMINAL);
        puppet.say(Channel.STDOUT, "one");
        puppet.say(Channel.STDERR, "two");
        try (BlockingReader reader = new BlockingReader(puppet.io().log(LogRange.ALL.of(Channel.STDOUT), true))) {
            assertEquals("one\ntwo\n", text(reader, 8));
        }
    }

    @Test
    void attach_whenOnlyNewOutputIsWanted_beginsNow() throws Exception {
        Puppet puppet = start(CLOSED);
        puppet.say(Channel.STDOUT, "before");
        awaitLine(puppet, "before");
        try (BlockingReader reader = new BlockingReader(puppet.io().attach(LogRange.NEW))) {
            puppet.say(Channel.STDOUT, "after");
            assertEquals("after\n", text(reader, 6));
        }
    }

    @Test
    void log_whenTheLastLinesAreWanted_givesThoseAndEnds() throws Exception {
        Puppet puppet = start(CLOSED);
        for (int line = 1; line <= 5; line++) {
            puppet.say(line % 2 == 0 ? Channel.STDERR : Channel.STDOUT, "line " + line);
            awaitLine(puppet, "line " + line);
        }
        assertEquals("line 4\nline 5\n", all(puppet.io().log(LogRange.ALL.last(2), false)));
        assertEquals(
                "line 3\nline 5\n",
                all(puppet.io().log(LogRange.ALL.of(Channel.STDOUT).last(2), false)));
        assertEquals("", all(puppet.io().log(LogRange.NEW, false)));
        assertEquals(30 + 5, all(puppet.io().log(LogRange.ALL.last(100), false)).length());
    }

    @Test
    void log_whenAnInstantIsGiven_beginsThere() throws Exception {
        Puppet puppet = start(CLOSED);
        puppet.say(Channel.STDOUT, "early");
        awaitLine(puppet, "early");
        Thread.sleep(5);
        Instant between = Instant.now();
        puppet.say(Channel.STDOUT, "late");
        awaitLine(puppet, "late");
        assertEquals("late\n", all(puppet.io().log(LogRange.ALL.since(between), false)));
        assertEquals("", all(puppet.io().log(LogRange.ALL.since(Instant.now()), false)));
    }

    @Test
    void log_whenFollowed_givesWhatComesAndEndsWithTheProcess() throws Exception {
        Puppet puppet = start(CLOSED);
        try (BlockingReader reader = new BlockingReader(puppet.io().log(LogRange.ALL, true))) {
            puppet.say(Channel.STDOUT, "first");
            assertEquals("first\n", text(reader, 6));
            puppet.say(Channel.STDOUT, "last");
            puppet.end();
            assertEquals("last\n", text(reader, 5));
            assertNull(reader.take());
            assertEquals(Optional.of(OutputReader.End.COMPLETE), reader.reader().end());
        }
    }

    @Test
    void attach_whenOneReaderTakesNothing_givesAllToTheOthersAndLaterToIt() throws Exception {
        Puppet puppet = start(CLOSED);
        int lines = 30_000; // several times what the process may be ahead
        try (BlockingReader slow = new BlockingReader(puppet.io().attach(LogRange.NEW));
                BlockingReader quick = new BlockingReader(puppet.io().attach(LogRange.NEW))) {
            puppet.flood(lines);
            assertEquals(lines * 100, text(quick, lines * 100).length());
            assertEquals(lines * 100, text(slow, lines * 100).length());
        }
    }

    @Test
    void attach_whenSeveralComeAndGo_givesEachEverything() throws Exception {
        Puppet puppet = start(CLOSED);
        try (BlockingReader one = new BlockingReader(puppet.io().attach(LogRange.NEW))) {
            puppet.io().attach(LogRange.NEW).close();
            try (BlockingReader other = new BlockingReader(puppet.io().attach(LogRange.ALL))) {
                puppet.say(Channel.STDOUT, "for both");
                assertEquals("for both\n", text(other, 9));
            }
            assertEquals("for both\n", text(one, 9));
            puppet.say(Channel.STDOUT, "for one");
            assertEquals("for one\n", text(one, 8));
        }
        try (BlockingReader again = new BlockingReader(puppet.io().attach(LogRange.ALL.last(1)))) {
            assertEquals("for one\n", text(again, 8));
        }
    }

    @Test
    void poll_whenThereIsNothing_waitsForNothingAndIsToldLater() throws Exception {
        Puppet puppet = start(CLOSED);
        try (OutputReader reader = puppet.io().attach(LogRange.NEW)) {
            CountDownLatch told = new CountDownLatch(2); // once at once
            reader.onReady(told::countDown);
            assertNull(reader.poll());
            assertEquals(Optional.empty(), reader.end());
            puppet.say(Channel.STDOUT, "now");
            assertTrue(told.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void close_whenAReaderWaits_endsItsWait() throws Exception {
        Puppet puppet = start(CLOSED);
        OutputReader reader = puppet.io().attach(LogRange.NEW);
        BlockingReader blocking = new BlockingReader(reader);
        Thread closer = new Thread(reader::close);
        closer.start();
        assertNull(blocking.take());
        assertEquals(Optional.of(OutputReader.End.CLOSED), reader.end());
        closer.join();
        reader.close();
    }

    @Test
    void write_whenTheInputIsOpen_isHeardByTheProcessAndNeverEnds() {
        Puppet puppet = start(OPEN);
        puppet.io().write(bytes("one\n"));
        await("one", () -> puppet.heard().equals("one\n"));
        puppet.io().endInput();
        puppet.io().write(bytes("two\n"));
        await("two", () -> puppet.heard().equals("one\ntwo\n"));
        assertFalse(puppet.heardEnd());
    }

    @Test
    void write_whenTheTextIsLong_isHeardWholeAndInOrder() {
        Puppet puppet = start(OPEN);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 10_000; line++) {
            text.append("line ").append(line).append('\n');
        }
        puppet.io().write(bytes(text.toString()));
        await("all", () -> puppet.heard().length() == text.length());
        assertEquals(text.toString(), puppet.heard());
    }

    @Test
    void write_whenTheInputIsClosed_isRefused() {
        Puppet puppet = start(CLOSED);
        await("the end", puppet::heardEnd);
        assertInvalid(() -> puppet.io().write(bytes("x")));
        puppet.io().endInput(); // there is none: nothing to do
    }

    @Test
    void write_whenTheProcessHasClosedItsInput_isRefused() {
        Puppet puppet = start(OPEN);
        puppet.io().write(bytes("one\n"));
        await("one", () -> puppet.heard().equals("one\n"));
        puppet.closeInput();
        assertInvalid(() -> puppet.io().write(bytes("two\n")));
        assertEquals("one\n", puppet.heard());
    }

    @Test
    void endInput_whenTheInputHasOneWriter_endsItBehindWhatWasWritten() throws Exception {
        Puppet puppet = start(ONCE);
        try (BlockingReader reader = new BlockingReader(puppet.io().attach(LogRange.NEW))) {
            puppet.io().write(bytes("all\n"));
            puppet.io().endInput();
            await("the end", puppet::heardEnd);
            assertEquals("all\n", puppet.heard());
            assertInvalid(() -> puppet.io().write(bytes("more")));
            puppet.io().endInput();
            puppet.say(Channel.STDOUT, "still speaking");
            assertEquals("still speaking\n", text(reader, 15));
        }
    }

    /** A reader that goes is not the writer. */
    @Test
    void close_whenTheInputHasOneWriter_doesNotEndIt() {
        Puppet puppet = start(ONCE);
        puppet.io().attach(LogRange.NEW).close();
        puppet.io().log(LogRange.ALL, true).close();
        puppet.io().write(bytes("later\n"));
        await("later", () -> puppet.heard().equals("later\n"));
        assertFalse(puppet.heardEnd());
    }

    @Test
    void restart_whenTheInputHasOneWriter_endsTheInputOnlyIfThereWasAConnection() {
        Puppet untouched = restartDaemon(start(ONCE));
        untouched.io().write(bytes("first\n"));
        await("first", () -> untouched.heard().equals("first\n"));
        Puppet touched = restartDaemon(untouched);
        await("the end", touched::heardEnd);
        assertInvalid(() -> touched.io().write(bytes("more")));
    }

    @Test
    void restart_whenTheProcessGoesOn_losesNoOutput() throws Exception {
        Puppet before = start(OPEN);
        before.say(Channel.STDOUT, "one");
        awaitLine(before, "one");
        Puppet after = restartDaemon(before);
        assertEquals(OPEN, after.io().stdio());
        after.say(Channel.STDERR, "two");
        try (BlockingReader reader = new BlockingReader(after.io().attach(LogRange.ALL))) {
            assertEquals("one\ntwo\n", text(reader, 8));
        }
    }

    @Test
    void size_beforeTheFirstInstruction_isTheGivenOne() {
        assertEquals(
                new TerminalSize(24, 80),
                start(new Stdio.Terminal(new TerminalSize(24, 80))).size());
        assertEquals(TerminalSize.UNKNOWN, start(Stdio.TERMINAL).size());
    }

    @Test
    void resize_whenManyComeAtOnce_endsWithTheLast() {
        Puppet puppet = start(new Stdio.Terminal(new TerminalSize(24, 80)));
        for (int columns = 81; columns <= 100; columns++) {
            puppet.io().resize(new TerminalSize(50, columns));
        }
        await("the last size", () -> puppet.size().equals(new TerminalSize(50, 100)));
    }

    @Test
    void resize_whenThereIsNoTerminal_isRefused() {
        Puppet puppet = start(CLOSED);
        assertInvalid(() -> puppet.io().resize(new TerminalSize(24, 80)));
    }

    @Test
    void everyUse_whenTheProcessHasEnded_isRefusedButForTheLog() throws Exception {
        Puppet puppet = start(OPEN);
        puppet.say(Channel.STDOUT, "last words");
        awaitLine(puppet, "last words");
        Io io = puppet.io();
        puppet.end();
        assertInvalid(() -> io.attach(LogRange.NEW));
        assertInvalid(() -> io.write(bytes("x")));
        assertEquals("last words\n", all(io.log(LogRange.ALL, false)));
        assertEquals("last words\n", all(io.log(LogRange.ALL, true)));
    }

    private static void awaitLine(Puppet puppet, String line) {
        await(line, () -> all(puppet.io().log(LogRange.ALL, false)).contains(line + "\n"));
    }

    protected static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Everything up to the end of a reader that does not follow, or whose process has ended. */
    protected static String all(OutputReader reader) {
        List<Chunk> chunks = new ArrayList<>();
        try (BlockingReader blocking = new BlockingReader(reader)) {
            for (Chunk next = blocking.take(); next != null; next = blocking.take()) {
                chunks.add(next);
            }
            assertEquals(Optional.of(OutputReader.End.COMPLETE), reader.end());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(text(chunk)));
        return text.toString();
    }

    private static String text(BlockingReader reader, int length) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            Chunk next = reader.take();
            if (next == null) {
                throw new AssertionError("%s after %d of %d bytes: '%s'"
                        .formatted(
                                reader.reader().end(),
                                text.length(),
                                length,
                                text.substring(0, Math.min(200, text.length()))));
            }
            text.append(text(next));
        }
        return text.toString();
    }

    /** A terminal writes a carriage return before each line feed. */
    private static String text(Chunk chunk) {
        return new String(chunk.bytes(), StandardCharsets.UTF_8).replace("\r", "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertInvalid(Runnable call) {
        assertEquals(
                ErrorCode.OPERATION_INVALID,
                assertThrows(EngineException.class, call::run).code());
    }
}

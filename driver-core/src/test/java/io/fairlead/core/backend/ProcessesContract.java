package io.fairlead.core.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rules for processes that are started in a running guest. The test of each kind of guest extends this class. */
public abstract class ProcessesContract {
    protected static final Stdio PIPES = new Stdio.Pipes(Stdio.Input.CLOSED);
    protected static final Stdio WITH_INPUT = new Stdio.Pipes(Stdio.Input.ONCE);
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;
    private static final int MUCH = 1 << 20;

    /** The guest; after {@link #restartDaemon} as the next daemon has taken it over. */
    protected abstract Guest guest();

    /** The daemon is killed, and the next one takes the guest over. */
    protected abstract void restartDaemon();

    /** A command that ends with a status. */
    protected abstract String[] exiting(int status);

    /** A command that runs until it is killed; SIGTERM kills it. */
    protected abstract String[] staying();

    /** A command that writes its input to its output, and ends with 0 at the end of its input. */
    protected abstract String[] copying();

    /** A command that writes so many bytes, first {@code o} to its output, then {@code e} to its standard error. */
    protected abstract String[] writing(int bytes);

    /** A command that waits for its input to end, then writes {@code late} and ends with 7. */
    protected abstract String[] writingLate();

    /** A file of the guest that is no program. */
    protected abstract String noProgram();

    /** Kills the guest and waits for its end. */
    protected abstract void killGuest() throws Exception;

    @Test
    void exec_whenTheCommandEnds_tellsItsStatus() throws Exception {
        for (int status : new int[] {0, 1, 42, 255}) {
            Exec exec = start(exiting(status));
            assertNull(exit(exec).failure());
            assertEquals(status, exit(exec).status());
        }
    }

    @Test
    void exec_whenStarted_hasAnIdAPidAndItsCommand() {
        Exec exec = start(staying());
        assertFalse(exec.id().isBlank());
        assertTrue(exec.pid() > 0);
        assertEquals(List.of(staying()), exec.command());
        assertEquals(PIPES, exec.io().stdio());
        assertFalse(exec.exit().toCompletableFuture().isDone());
    }

    @Test
    void exec_whenTheCommandDoesNotExist_endsWith127AndSaysWhy() throws Exception {
        Exec exec = start("no-such-program");
        assertEquals(ExecExit.NOT_FOUND, exit(exec).status());
        assertTrue(exit(exec).failure().contains("no-such-program"), exit(exec).failure());
        assertEquals(0, exec.pid());
        assertEquals(Map.of(), output(exec));
        assertInvalid(() -> exec.signal(SIGTERM));
    }

    @Test
    void exec_whenTheFileIsNoProgram_endsWith126AndSaysWhy() throws Exception {
        Exec exec = start(noProgram());
        assertEquals(ExecExit.NOT_EXECUTABLE, exit(exec).status());
        assertNotNull(exit(exec).failure());
    }

    @Test
    void exec_whenTheDirectoryDoesNotExist_endsWith126AndSaysWhy() throws Exception {
        Exec exec = guest().processes().exec(ExecSpec.of(PIPES, exiting(0)).in("/no/such/directory"));
        assertEquals(ExecExit.NOT_EXECUTABLE, exit(exec).status());
        assertTrue(
                exit(exec).failure().contains("/no/such/directory"), exit(exec).failure());
    }

    @Test
    void exec_whenTheUserDoesNotExist_isRefused() {
        ExecSpec spec = ExecSpec.of(PIPES, exiting(0)).as("nobody-of-that-name");
        assertRefused(ErrorCode.INVALID_ARG, () -> guest().processes().exec(spec));
        assertEquals(List.of(), guest().processes().execs());
    }

    @Test
    void output_whenMuchIsWrittenToBothChannels_isCompleteAndApart() throws Exception {
        Processes.Attached attached = guest().processes().execAttached(ExecSpec.of(PIPES, writing(MUCH)));
        try (BlockingReader reader = new BlockingReader(attached.output())) {
            Map<Channel, byte[]> output = all(reader);
            assertArrayEquals(filled('o', MUCH), output.get(Channel.STDOUT));
            assertArrayEquals(filled('e', MUCH), output.get(Channel.STDERR));
        }
        assertEquals(0, exit(attached.exec()).status());
    }

    @Test
    void execAttached_whenTheCommandDoesNotExist_givesAReaderAtItsEnd() throws Exception {
        Processes.Attached attached = guest().processes().execAttached(ExecSpec.of(PIPES, "no-such-program"));
        try (BlockingReader reader = new BlockingReader(attached.output())) {
            assertEquals(Map.of(), all(reader));
        }
        assertEquals(ExecExit.NOT_FOUND, exit(attached.exec()).status());
    }

    @Test
    void output_whenTheProcessHasEnded_canStillBeRead() throws Exception {
        Exec exec = start(writing(1000));
        exit(exec);
        Map<Channel, byte[]> output = output(exec);
        assertArrayEquals(filled('o', 1000), output.get(Channel.STDOUT));
        assertArrayEquals(filled('e', 1000), output.get(Channel.STDERR));
    }

    @Test
    void input_whenItIsEnded_isReadToItsEnd() throws Exception {
        Exec exec = guest().processes().exec(ExecSpec.of(WITH_INPUT, copying()));
        byte[] piece = filled('i', 10_000);
        Map<Channel, byte[]> output;
        try (BlockingReader reader = new BlockingReader(exec.io().attach(LogRange.ALL))) {
            for (int i = 0; i < 30; i++) {
                exec.io().write(piece);
            }
            assertFalse(exec.exit().toCompletableFuture().isDone());
            exec.io().endInput();
            output = all(reader);
        }
        assertEquals(0, exit(exec).status());
        assertArrayEquals(filled('i', 30 * piece.length), output.get(Channel.STDOUT));
    }

    @Test
    void input_whenThereIsNone_isAtItsEnd() throws Exception {
        Exec exec = start(copying());
        assertEquals(0, exit(exec).status());
        assertEquals(Map.of(), output(exec));
    }

    @Test
    void signal_whenItKills_isTheStatusPlus128() throws Exception {
        Exec exec = start(staying());
        exec.signal(0);
        exec.signal(SIGTERM);
        assertEquals(128 + SIGTERM, exit(exec).status());
        assertInvalid(() -> exec.signal(SIGTERM));
    }

    @Test
    void signal_whenThereIsNoSuchSignal_isRefused() {
        Exec exec = start(staying());
        assertRefused(ErrorCode.INVALID_ARG, () -> exec.signal(65));
        assertRefused(ErrorCode.INVALID_ARG, () -> exec.signal(-1));
    }

    @Test
    void execs_whenSomeHaveEnded_listsAllInOrder() throws Exception {
        Exec first = start(staying());
        Exec second = start(exiting(3));
        Exec third = start(staying());
        exit(second);
        List<Exec> all = guest().processes().execs();
        assertEquals(
                List.of(first.id(), second.id(), third.id()),
                all.stream().map(Exec::id).toList());
        assertEquals(
                second.id(), guest().processes().exec(second.id()).orElseThrow().id());
        assertTrue(guest().processes().exec("no such id").isEmpty());
        assertTrue(guest().processes().exec("../" + second.id()).isEmpty());
    }

    @Test
    void execs_whenManyHaveEnded_keepsTheLatest() throws Exception {
        Exec running = start(staying());
        List<String> ids = new ArrayList<>(List.of(running.id()));
        for (int i = 0; i < Processes.ENDED_MAX + 3; i++) {
            Exec exec = start(exiting(i));
            exit(exec);
            ids.add(exec.id());
        }
        ids.subList(1, 4).clear();
        eventually(() -> assertEquals(
                ids, guest().processes().execs().stream().map(Exec::id).toList()));
    }

    @Test
    void exec_whenTheGuestIsSuspended_isRefused() {
        guest().suspend();
        assertInvalid(() -> start(exiting(0)));
        guest().resume();
        assertTrue(start(staying()).pid() > 0);
    }

    @Test
    void exit_whenTheGuestIsKilled_isThatOfAKilledProcess() throws Exception {
        Exec exec = start(staying());
        Processes processes = guest().processes();
        killGuest();
        assertEquals(128 + SIGKILL, exit(exec).status());
        assertInvalid(() -> processes.exec(ExecSpec.of(PIPES, exiting(0))));
        assertInvalid(processes::execs);
        assertInvalid(processes::all);
    }

    @Test
    void all_whenAProcessWasStarted_listsInitFirstAndTheProcess() {
        Exec exec = start(staying());
        List<GuestProcess> all = guest().processes().all();
        assertEquals(1, all.get(0).inside());
        assertEquals(guest().id(), all.get(0).outside());
        assertTrue(all.stream().anyMatch(process -> process.outside() == exec.pid()), all.toString());
    }

    @Test
    void restart_whenAProcessRuns_findsItAgainWithItsOutput() throws Exception {
        Exec before = guest().processes().exec(ExecSpec.of(PIPES, staying()));
        Exec ended = start(writing(2000));
        exit(ended);
        restartDaemon();
        Exec found = guest().processes().exec(before.id()).orElseThrow();
        assertEquals(before.pid(), found.pid());
        assertEquals(before.command(), found.command());
        assertEquals(before.started(), found.started());
        assertFalse(found.exit().toCompletableFuture().isDone());
        Exec gone = guest().processes().exec(ended.id()).orElseThrow();
        assertEquals(0, exit(gone).status());
        assertArrayEquals(filled('e', 2000), output(gone).get(Channel.STDERR));
        found.signal(SIGTERM);
        assertEquals(128 + SIGTERM, exit(found).status());
    }

    @Test
    void restart_whenAProcessEndedMeanwhile_findsItsStatusAndItsOutput() throws Exception {
        // Its input ends with the daemon.
        Exec before = guest().processes().exec(ExecSpec.of(WITH_INPUT, writingLate()));
        OutputReader attached = before.io().attach(LogRange.ALL);
        before.io().write("x".getBytes(US_ASCII));
        restartDaemon();
        attached.close();
        Exec found = guest().processes().exec(before.id()).orElseThrow();
        assertEquals(7, exit(found).status());
        assertEquals("late", new String(output(found).get(Channel.STDOUT), US_ASCII).strip());
    }

    @Test
    void restart_whenACommandCouldNotBeExecuted_keepsTheReason() throws Exception {
        Exec before = start("no-such-program");
        restartDaemon();
        Exec found = guest().processes().exec(before.id()).orElseThrow();
        assertEquals(ExecExit.NOT_FOUND, exit(found).status());
        assertEquals(exit(before).failure(), exit(found).failure());
    }

    protected final Exec start(String... command) {
        return guest().processes().exec(ExecSpec.of(PIPES, command));
    }

    protected static ExecExit exit(Exec exec) throws Exception {
        return exec.exit().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** All output, once the process has ended. */
    protected static Map<Channel, byte[]> output(Exec exec) throws Exception {
        OutputReader reader;
        try {
            reader = exec.io().attach(LogRange.ALL);
        } catch (EngineException e) {
            assertEquals(ErrorCode.OPERATION_INVALID, e.code());
            reader = exec.io().log(LogRange.ALL, true);
        }
        try (BlockingReader blocking = new BlockingReader(reader)) {
            return all(blocking);
        }
    }

    protected static String text(Exec exec) throws Exception {
        return new String(output(exec).getOrDefault(Channel.STDOUT, new byte[0]), US_ASCII);
    }

    private static Map<Channel, byte[]> all(BlockingReader reader) throws Exception {
        Map<Channel, ByteArrayOutputStream> all = new EnumMap<>(Channel.class);
        for (Chunk chunk = reader.take(); chunk != null; chunk = reader.take()) {
            all.computeIfAbsent(chunk.channel(), channel -> new ByteArrayOutputStream())
                    .write(chunk.bytes());
        }
        assertEquals(OutputReader.End.COMPLETE, reader.reader().end().orElseThrow());
        Map<Channel, byte[]> bytes = new EnumMap<>(Channel.class);
        all.forEach((channel, stream) -> bytes.put(channel, stream.toByteArray()));
        return bytes;
    }

    private static byte[] filled(char with, int length) {
        return String.join("", Collections.nCopies(length, String.valueOf(with)))
                .getBytes(US_ASCII);
    }

    protected static void assertInvalid(Runnable call) {
        assertRefused(ErrorCode.OPERATION_INVALID, call);
    }

    protected static void assertRefused(ErrorCode code, Runnable call) {
        assertEquals(code, assertThrows(EngineException.class, call::run).code());
    }

    private static void eventually(Runnable check) throws InterruptedException {
        for (int i = 0; ; i++) {
            try {
                check.run();
                return;
            } catch (AssertionError e) {
                if (i > 500) {
                    throw e;
                }
                Thread.sleep(10);
            }
        }
    }
}

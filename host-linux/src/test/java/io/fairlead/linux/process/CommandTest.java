package io.fairlead.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
    @Test
    void run_whenTheProgramWritesToBothStreams_keepsThemApart() throws Exception {
        CommandResult result =
                Command.of("sh", "-c", "echo out; echo err >&2; exit 3").run();
        assertEquals(3, result.status());
        assertEquals("out\n", result.output());
        assertEquals("err\n", result.errors());
        CommandFailedException failure = assertThrows(CommandFailedException.class, result::orThrow);
        assertTrue(failure.getMessage().endsWith("exit status 3: err"), failure.getMessage());
    }

    @Test
    void run_whenTheProgramIsKilled_tellsTheSignal() throws Exception {
        assertEquals(128 + 15, Command.of("sh", "-c", "kill -TERM $$").run().status());
    }

    @Test
    void run_whenThereIsMoreThanTheLimit_keepsTheBeginningAndDoesNotBlock() throws Exception {
        CommandResult result = Command.of("sh", "-c", "yes | head -c 1000000")
                .captureLimit(10)
                .run()
                .orThrow();
        assertEquals("y\ny\ny\ny\ny\n", result.output());
    }

    @Test
    void run_whenTheTimeRunsOut_killsTheWholeGroup(@TempDir Path folder) throws Exception {
        Path pidFile = folder.resolve("pid");
        Command command = Command.of("sh", "-c", "sleep 1000 & echo $! > " + pidFile + "; wait")
                .within(Duration.ofMillis(300));
        ErrnoException failure = assertThrows(ErrnoException.class, command::run);
        assertEquals(Errno.ETIMEDOUT, failure.errno());
        int grandchild = Integer.parseInt(Files.readString(pidFile).trim());
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (alive(grandchild) && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertFalse(alive(grandchild));
    }

    @Test
    void run_whenAChildKeepsTheOutputOpen_returnsSoonAfterTheProgram() throws Exception {
        long begin = System.nanoTime();
        CommandResult result = Command.of("sh", "-c", "sleep 3 & echo done").run();
        assertEquals("done\n", result.output());
        assertTrue(System.nanoTime() - begin < 2_000_000_000L);
    }

    @Test
    void run_whenTheThreadIsInterrupted_goesOn_andKeepsTheInterrupt() throws Exception {
        Thread.currentThread().interrupt();
        CommandResult result = Command.of("sh", "-c", "sleep 0.2; echo done").run();
        assertTrue(Thread.interrupted());
        assertEquals("done\n", result.output());
    }

    @Test
    void run_whenItHasRun_leavesNoDescriptorAndNoThread() throws Exception {
        Command.of("true").run();
        long descriptors = descriptors();
        for (int i = 0; i < 20; i++) {
            Command.of("sh", "-c", "echo out; echo err >&2").run().orThrow();
            assertThrows(ErrnoException.class, () -> Command.of("sleep", "100")
                    .within(Duration.ofMillis(20))
                    .run());
            assertThrows(ErrnoException.class, () -> Command.of("fairlead-no-such-program")
                    .run());
        }
        assertEquals(descriptors, descriptors());
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (toolThreads() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertEquals(0, toolThreads());
    }

    private static long descriptors() throws Exception {
        try (var entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.count();
        }
    }

    private static long toolThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("CommonsExec"))
                .count();
    }

    @Test
    void run_whenTheProgramIsMissing_saysWhich() {
        ErrnoException missing = assertThrows(ErrnoException.class, () -> Command.of("fairlead-no-such-program")
                .run());
        assertEquals(Errno.ENOENT, missing.errno());
        assertEquals("posix_spawn fairlead-no-such-program: ENOENT", missing.getMessage());
        assertThrows(ErrnoException.class, () -> Command.of("/nowhere/program").run());
    }

    @Test
    void run_whenTheEnvironmentIsGiven_inheritsNothing() throws Exception {
        CommandResult result = Command.of("env").environment(Map.of("ONE", "1")).run();
        assertEquals("ONE=1\n", result.output());
    }

    @Test
    void run_whenDescriptorsAreGiven_hasThoseAndNoOthers(@TempDir Path folder) throws Exception {
        Path one = Files.writeString(folder.resolve("one"), "1");
        Path two = Files.writeString(folder.resolve("two"), "2");
        try (Fd first = Fd.open(one, OpenFlags.O_RDONLY);
                Fd second = Fd.open(two, OpenFlags.O_RDONLY)) {
            // Crossed, so that each target may be the other's source; 5 leaves a gap at 4.
            CommandResult result = Command.of("sh", "-c", "cat <&3; cat <&5; echo; ls /proc/self/fd | tr '\\n' ' '")
                    .descriptor(3, second.number())
                    .descriptor(5, first.number())
                    .run()
                    .orThrow();
            assertEquals("21\n0 1 2 3 4 5 ", result.output()); // 4 is ls's own descriptor of the folder
        }
    }

    @Test
    void start_whenOurOwnSignalsAreIgnored_givesTheChildDefaults() throws Exception {
        CommandResult status = Command.of("grep", "-E", "Sig(Blk|Ign)", "/proc/self/status")
                .run()
                .orThrow();
        for (String line : status.output().split("\n")) {
            assertTrue(line.endsWith("0000000000000000"), line);
        }
    }

    @Test
    void start_whenASessionIsWanted_leadsOne() throws Exception {
        try (SpawnedProcess process =
                Spawn.of(List.of("sleep", "100")).newSession().start()) {
            assertEquals(process.pid(), ProcessStat.read(process.pid()).session());
        }
    }

    private static boolean alive(int pid) throws Exception {
        try {
            return ProcessStat.read(pid).alive();
        } catch (ErrnoException e) {
            return false;
        }
    }
}

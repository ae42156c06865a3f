package io.fairlead.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.Instance.Launched;
import io.fairlead.backend.launch.OciRuntime;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.ConsoleMode;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.core.backend.ShutdownWay;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.ProcessStat;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guests from the first process to the last, on the real kernel. */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"conmon", "busybox"})
@Timeout(120)
class LxcBackendTest {
    private static final String WAIT_FOR_TERM =
            "trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.05; done";

    private static final int SIGTERM = 15;
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path directory;

    static Stream<OciRuntime> runtimes() throws IOException {
        return Instance.runtimes();
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void launch_whenInitEnds_tellsItsStatus(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            assertEquals(7, instance.script("one", "exit 7").status());
        }
    }

    /**
     * Before runc's init becomes the guest's own program, it is a Go program, which such a signal ends with status 2.
     */
    @ParameterizedTest
    @MethodSource("runtimes")
    void signal_rightAfterALaunch_doesNotEndAnInitThatHandlesNone(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            for (int n = 0; n < 20; n++) {
                Instance.Launched launched = instance.launch("own" + n, "", "", "exec sleep 1000", false);
                try (Pidfd init = Pidfd.open(launched.guest().id())) {
                    init.signal(SIGTERM);
                }
                Thread.sleep(10); // an init that the signal ends has ended by then
                launched.guest().kill();
                assertEquals(KILLED, launched.status());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void launch_whenInitIsMissing_saysWhich(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Files.delete(instance.root.resolve("bin/sh"));
            EngineException refused = assertThrows(EngineException.class, () -> instance.script("one", "true"));
            assertTrue(refused.getMessage().contains("/bin/sh"), refused.getMessage());
            assertTrue(refused.getMessage().matches("(?s).*([Nn]o such file).*"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void launch_whenTheRootIsMissing_saysWhich(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            String devices = "<filesystem type='mount'><source dir='%s/gone'/><target dir='/'/></filesystem>"
                    .formatted(directory);
            EngineException refused =
                    assertThrows(EngineException.class, () -> instance.launch("one", "", devices, "true", false));
            assertTrue(refused.getMessage().contains(directory + "/gone"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void launch_whenPaused_runsNothingUntilResumed(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.launch("one", "", "", "echo started; sleep 100", true);
            assertTrue(launched.guest().suspended());
            assertEquals("", instance.log(launched));
            launched.guest().resume();
            assertFalse(launched.guest().suspended());
            try (ConsoleSession console = launched.guest().openConsole(null, ConsoleMode.SHARED)) {
                assertEquals("started", Instance.next(console).trim());
            }
            launched.guest().kill();
            assertEquals(137, launched.status());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void kill_whenTheGuestIsFrozen_returnsWhenItIsDead(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", "sleep 100 & sleep 100");
            launched.guest().suspend();
            launched.guest().kill();
            assertEquals(137, launched.status());
            assertThrows(EngineException.class, () -> launched.guest().suspend());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void requestShutdown_whenInitHandlesTerm_letsItEndItsOwnWay(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", WAIT_FOR_TERM);
            awaitReady(launched);
            launched.guest().requestShutdown(ShutdownWay.AUTO);
            assertEquals(7, launched.status());
            assertTrue(instance.log(launched).endsWith("bye\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void requestShutdown_whenInitHandlesNothing_saysSo(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", "exec sleep 100");
            Thread.sleep(200);
            EngineException refused =
                    assertThrows(EngineException.class, () -> launched.guest().requestShutdown(ShutdownWay.AUTO));
            assertEquals(ErrorCode.OPERATION_FAILED, refused.code());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void signal_whenTheProcessIsNotInit_reachesThatOne(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", "sleep 100 & echo $! ready; wait $!; exit $?");
            String[] words = awaitReady(launched).trim().split(" ");
            launched.guest().signal(Long.parseLong(words[0]), 9);
            assertEquals(137, launched.status());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void adopt_whenTheGuestRunsOn_takesItOverWithItsConsole(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", WAIT_FOR_TERM);
            awaitReady(launched);
            Adopted.Running running =
                    assertInstanceOf(Adopted.Running.class, instance.restart().get(0));
            assertEquals(launched.guest().id(), running.guest().id());
            try (ConsoleSession console = running.guest().openConsole(null, ConsoleMode.SHARED)) {
                assertEquals("ready", Instance.next(console).trim());
            }
            running.guest().requestShutdown(ShutdownWay.AUTO);
            assertEquals(7, running.exit().toCompletableFuture().get().status());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void adopt_whenTheGuestEndedMeanwhile_knowsItsStatus(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", WAIT_FOR_TERM);
            awaitReady(launched);
            instance.backend().close();
            ProcessHandle monitor = ProcessHandle.of(launched.guest().id())
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow();
            new ProcessBuilder("kill", "-TERM", "" + launched.guest().id())
                    .start()
                    .waitFor();
            monitor.onExit().get();
            Adopted.Ended ended =
                    assertInstanceOf(Adopted.Ended.class, instance.restart().get(0));
            assertEquals(7, ended.exit().status());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void adopt_whenTheLaunchHadNotFinished_removesIt(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", "sleep 100");
            ProcessId init = ProcessId.of(launched.guest().id());
            instance.backend().close();
            Path record =
                    instance.run().resolve("guests/" + launched.definition().uuid() + "/record.json");
            rewrite(record, Files.readString(record).replace("RUNNING", "LAUNCHING"));
            assertInstanceOf(Adopted.Removed.class, instance.restart().get(0));
            assertFalse(init.isAlive());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void adopt_whenTheHostHasBootedSince_countsAllAsEnded(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", "exit 0");
            launched.status();
            Path record =
                    instance.run().resolve("guests/" + launched.definition().uuid() + "/record.json");
            rewrite(record, Files.readString(record).replaceFirst("\"bootId\":\"[^\"]*\"", "\"bootId\":\"other\""));
            Adopted.Ended ended =
                    assertInstanceOf(Adopted.Ended.class, instance.restart().get(0));
            assertEquals(-1, ended.exit().status());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void adopt_whenItsCopyOfTheDefinitionIsDamaged_goesOnWithTheEngines(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched known = instance.script("known", "sleep 100");
            Launched unknown = instance.script("unknown", "sleep 100");
            for (Launched one : List.of(known, unknown)) {
                rewrite(folder(instance, one).resolve("live.xml"), "<domain");
            }
            ProcessId lost = ProcessId.of(unknown.guest().id());
            instance.restartWithoutAdopting();

            Map<UUID, Adopted> found =
                    instance
                            .adopt(uuid -> Optional.of(known.definition())
                                    .filter(one -> one.uuid().equals(uuid)))
                            .stream()
                            .collect(Collectors.toMap(Adopted::uuid, one -> one));

            Adopted.Running running = assertInstanceOf(
                    Adopted.Running.class, found.get(known.definition().uuid()));
            assertEquals(known.guest().id(), running.guest().id());
            assertEquals(known.definition(), running.guest().definition());
            assertInstanceOf(
                    Adopted.Removed.class, found.get(unknown.definition().uuid()));
            assertFalse(lost.isAlive(), "nobody knows what it was");
            assertInstanceOf(Adopted.Running.class, instance.restart().get(0));
        }
    }

    /** A directory in the record's place: even root cannot read it. */
    @ParameterizedTest
    @MethodSource("runtimes")
    void adopt_whenARecordCannotBeRead_leavesItsGuestAloneAndTakesTheOthers(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched read = instance.script("read", "sleep 100");
            Launched unread = instance.script("unread", "sleep 100");
            Path record = folder(instance, unread).resolve("record.json");
            Files.move(record, record.resolveSibling("aside"));
            Files.createDirectory(record);

            Map<UUID, Adopted> found = instance.restart().stream().collect(Collectors.toMap(Adopted::uuid, one -> one));

            assertInstanceOf(Adopted.Running.class, found.get(read.definition().uuid()));
            assertInstanceOf(
                    Adopted.Unclear.class, found.get(unread.definition().uuid()));
            Files.delete(record);
            Files.move(record.resolveSibling("aside"), record);
            List<Adopted> later = instance.restart();
            assertEquals(2, later.size());
            later.forEach(one -> assertInstanceOf(Adopted.Running.class, one));
        }
    }

    private static Path folder(Instance instance, Launched launched) {
        return instance.run().resolve("guests/" + launched.definition().uuid());
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void monitor_whenItIsKilled_takesTheGuestWithIt(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", "sleep 100");
            ProcessId init = ProcessId.of(launched.guest().id());
            ProcessHandle.of(ProcessStat.read(init.pid()).parent())
                    .orElseThrow()
                    .destroyForcibly();
            assertEquals(-1, launched.status());
            assertFalse(init.isAlive());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void console_whenTheGuestFloodsIt_losesNoLine(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", "sleep 0.3; seq 1 50000; echo end");
            try (ConsoleSession console = launched.guest().openConsole(null, ConsoleMode.SHARED)) {
                List<String> lines = Instance.drain(console).lines().toList();
                assertEquals(50_001, lines.size());
                assertEquals("50000", lines.get(49_999));
            }
        }
    }

    private static String awaitReady(Launched launched) throws InterruptedException {
        try (ConsoleSession console = launched.guest().openConsole(null, ConsoleMode.SHARED)) {
            StringBuilder text = new StringBuilder();
            while (text.indexOf("ready") < 0) {
                text.append(Instance.next(console));
            }
            return text.toString();
        }
    }

    private static void rewrite(Path file, String content) throws IOException {
        Path fresh = file.resolveSibling("rewritten");
        Files.writeString(fresh, content);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
}

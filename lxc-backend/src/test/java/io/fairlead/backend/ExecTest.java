package io.fairlead.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.Instance.Launched;
import io.fairlead.backend.launch.OciRuntime;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.BlockingReader;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.Exec;
import io.fairlead.core.backend.ExecExit;
import io.fairlead.core.backend.ExecSpec;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.core.backend.Processes;
import io.fairlead.core.backend.Stdio;
import io.fairlead.core.backend.TerminalSize;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.process.ProcessStat;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a process that is started in a container sees, with each runtime. */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"conmon", "busybox"})
@Timeout(60)
class ExecTest {
    private static final Stdio PIPES = new Stdio.Pipes(Stdio.Input.CLOSED);
    private static final String STAY = "while :; do sleep 1; done";

    @TempDir
    private Path directory;

    private Instance instance;

    static Stream<OciRuntime> runtimes() throws IOException {
        return Instance.runtimes();
    }

    @AfterEach
    void finish() throws IOException {
        instance.close();
    }

    private Guest guest(OciRuntime runtime, String elements, String devices) throws IOException {
        instance = new Instance(directory, runtime);
        return instance.launch("exec", elements, devices, STAY, false).guest();
    }

    private Guest guest(OciRuntime runtime) throws IOException {
        return guest(runtime, "", "");
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void user_whenNamed_hasItsNumbersAndItsGroups(OciRuntime runtime) throws Exception {
        Guest guest = guest(runtime);
        Files.writeString(instance.root.resolve("etc/group"), "root:x:0:\nweb:x:34:\nmail:x:8:web,root\n");
        String id = "echo $(id -u) $(id -g) $(id -G) $HOME";
        assertEquals("0 0 0 /", run(guest, sh(id)));
        assertEquals("33 34 34 8 /", run(guest, sh(id).as("web")));
        assertEquals(
                "33 8 8 /",
                run(guest, sh("echo $(id -u) $(id -g) $(id -G) $HOME").as("33:mail")));
        assertEquals("4711 0 0 /", run(guest, sh(id).as("4711")));
        assertEquals("33 34 34 5 8 77 /", run(guest, sh(id).as("web").withGroups(5L, 77L)));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void home_whenAUserIsNamed_isThatOfTheGuestsFiles(OciRuntime runtime) throws Exception {
        Guest guest = guest(runtime);
        Files.writeString(
                instance.root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nweb:x:33:34::/srv/web:/bin/sh\n");
        assertEquals("/srv/web", run(guest, sh("echo $HOME").as("web")));
        assertEquals("/root", run(guest, sh("echo $HOME").as("root")));
        assertEquals("/own", run(guest, sh("echo $HOME").as("web").with("HOME=/own")));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void passwd_whenItIsALinkOutOfTheRoot_isTheGuestsOwn(OciRuntime runtime) throws Exception {
        Guest guest = guest(runtime);
        Path outside = directory.resolve("outside");
        Files.writeString(outside, "planted:x:1:1::/:/bin/sh\n");
        Files.delete(instance.root.resolve("etc/passwd"));
        Files.createSymbolicLink(instance.root.resolve("etc/passwd"), outside);
        EngineException refused = assertThrows(
                EngineException.class, () -> guest.processes().exec(sh("true").as("planted")));
        assertEquals(ErrorCode.INVALID_ARG, refused.code());
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void environmentAndDirectory_areThoseOfInitAndTheWantedOnes(OciRuntime runtime) throws Exception {
        Guest guest = guest(runtime);
        assertEquals("exec", run(guest, sh("echo $LIBVIRT_LXC_NAME")));
        assertEquals("1 b=c", run(guest, sh("echo $A $B").with("A=1", "B=x", "B=b=c")));
        assertEquals("/", run(guest, sh("pwd")));
        assertEquals("/etc", run(guest, sh("pwd").in("/etc")));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void confinement_isThatOfInit(OciRuntime runtime) throws Exception {
        Guest guest = guest(
                runtime, "<features><capabilities policy='deny'><chown state='on'/></capabilities></features>", "");
        String facts = "grep -E '^(Cap(Prm|Eff|Bnd)|NoNewPrivs|Seccomp):' /proc/%s/status | tr '\\n' ' '";
        assertEquals(run(guest, sh(facts.formatted("1"))), run(guest, sh(facts.formatted("self"))));
        String group = "grep -v '^$' /proc/%s/cgroup";
        assertEquals(run(guest, sh(group.formatted("1"))), run(guest, sh(group.formatted("self"))));
        String namespaces = "for n in cgroup ipc mnt net pid uts user; do readlink /proc/%s/ns/$n; done";
        assertEquals(run(guest, sh(namespaces.formatted("1"))), run(guest, sh(namespaces.formatted("self"))));
        // runc 1.1.5 starts itself in the container, and Go's runtime may raise the limit of open files in between.
        boolean raised = runtime.kind() == OciRuntime.Kind.RUNC;
        String limits = "grep -E '" + (raised ? "" : "open files|") + "processes|core' /proc/%s/limits";
        assertEquals(run(guest, sh(limits.formatted("1"))), run(guest, sh(limits.formatted("self"))));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void capabilities_whenNamed_areThese(OciRuntime runtime) throws Exception {
        Guest guest = guest(runtime);
        String bounding = "grep CapBnd /proc/self/status";
        assertEquals("CapBnd:\t0000000000000081", run(guest, sh(bounding).withCapabilities("CHOWN", "SETUID")));
        EngineException refused = assertThrows(
                EngineException.class, () -> guest.processes().exec(sh("true").withCapabilities("MADE_UP")));
        assertEquals(ErrorCode.INVALID_ARG, refused.code());
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void userMapping_whenTheGuestHasOne_holdsForTheProcess(OciRuntime runtime) throws Exception {
        String mapping =
                "<idmap><uid start='0' target='100000' count='1000'/><gid start='0' target='100000' count='1000'/></idmap>";
        directory.toFile().setExecutable(true, false); // its root must get through
        Guest guest = guest(runtime, mapping, "");
        assertEquals("33", run(guest, sh("id -u").as("33")));
        Exec staying = guest.processes().exec(ExecSpec.of(PIPES, "sleep", "100").as("web"));
        String status = Files.readString(Path.of("/proc/" + staying.pid() + "/status"));
        assertTrue(status.contains("Uid:\t100033\t"), status);
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void namespaces_whenTheGuestSharesSome_areShared(OciRuntime runtime) throws Exception {
        String shared =
                """
                <lxc:namespace xmlns:lxc='http://libvirt.org/schemas/domain/lxc/1.0'>
                <lxc:shareuts type='pid' value='%d'/></lxc:namespace>"""
                        .formatted(ProcessHandle.current().pid());
        Guest guest = guest(runtime, shared, "");
        assertEquals(
                Files.readSymbolicLink(Path.of("/proc/self/ns/uts")).toString(),
                run(guest, sh("readlink /proc/self/ns/uts")));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void terminal_whenWanted_hasItsSizeAndFollowsChanges(OciRuntime runtime) throws Exception {
        Guest guest = guest(runtime);
        Stdio terminal = new Stdio.Terminal(new TerminalSize(31, 97));
        String script = "stty size; trap 'stty size; exit 5' WINCH; echo armed; while :; do sleep 0.05; done";
        Exec exec = guest.processes().exec(ExecSpec.of(terminal, "sh", "-c", script));
        try (BlockingReader reader = new BlockingReader(exec.io().attach(LogRange.ALL))) {
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf("armed") < 0) {
                seen.append(new String(reader.take().bytes(), US_ASCII));
            }
            assertTrue(seen.toString().contains("31 97"), seen.toString());
            exec.io().resize(new TerminalSize(40, 120));
            for (Chunk chunk = reader.take(); chunk != null; chunk = reader.take()) {
                seen.append(new String(chunk.bytes(), US_ASCII));
            }
            assertTrue(seen.toString().contains("40 120"), seen.toString());
        }
        assertEquals(5, exit(exec).status());
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void terminal_whenKeysAreTyped_actsOnThem(OciRuntime runtime) throws Exception {
        Guest guest = guest(runtime);
        Exec exec = guest.processes().exec(ExecSpec.of(Stdio.TERMINAL, "sh"));
        exec.io().write("echo $((6 * 7))\r".getBytes(UTF_8));
        try (BlockingReader reader = new BlockingReader(exec.io().attach(LogRange.ALL))) {
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf("42") < 0) {
                seen.append(new String(reader.take().bytes(), US_ASCII));
            }
        }
        exec.io().write("exit 3\r".getBytes(UTF_8));
        assertEquals(3, exit(exec).status());
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void monitor_whenItIsKilled_takesItsProcessWithIt(OciRuntime runtime) throws Exception {
        Guest guest = guest(runtime);
        Exec exec = guest.processes().exec(ExecSpec.of(PIPES, "sleep", "1000"));
        try (Pidfd process = Pidfd.open(exec.pid());
                Pidfd monitor = Pidfd.open(ProcessStat.read(exec.pid()).parent())) {
            monitor.signal(9);
            assertEquals(ExecExit.UNKNOWN, exit(exec).status());
            assertTrue(process.awaitExit(Duration.ofSeconds(5)), "the process lives on without a monitor");
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void files_whenTheGuestEnds_areGone(OciRuntime runtime) throws Exception {
        instance = new Instance(directory, runtime);
        Launched launched = instance.script("exec", STAY);
        Exec exec = launched.guest().processes().exec(ExecSpec.of(PIPES, "sleep", "1000"));
        Path folder = instance.run().resolve("exec/" + launched.definition().uuid());
        assertTrue(Files.isDirectory(folder.resolve(exec.id())));
        launched.guest().kill();
        assertFalse(Files.exists(folder));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void files_areForRootOnlyAndKeepNoEnvironment(OciRuntime runtime) throws Exception {
        Guest guest = guest(runtime);
        Exec exec = guest.processes().exec(ExecSpec.of(PIPES, "sleep", "1000").with("PASSWORD=geheim"));
        Path folder = instance.run().resolve("exec/" + guest.definition().uuid() + "/" + exec.id());
        assertEquals(0700, (int) Files.getAttribute(folder, "unix:mode") & 0777);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).contains("geheim"), file.toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void restart_whenAStartWasCutOff_endsWhatWasHalfMade(OciRuntime runtime) throws Exception {
        Guest guest = guest(runtime);
        List<UnaryOperator<String>> cuts = List.of(
                record -> record.replace("RUNNING", "STARTING"),
                record -> record.replace("RUNNING", "STARTING")
                        .replaceFirst("\"monitor\":\\{[^}]*}", "\"monitor\":null")
                        .replaceFirst("\"process\":\\{[^}]*}", "\"process\":null"),
                record -> "torn");
        for (UnaryOperator<String> cut : cuts) {
            Exec exec = guest.processes().exec(ExecSpec.of(PIPES, "sleep", "1000"));
            Path folder = instance.run().resolve("exec/" + guest.definition().uuid() + "/" + exec.id());
            Path record = folder.resolve("record.json");
            try (Pidfd process = Pidfd.open(exec.pid());
                    Pidfd monitor = Pidfd.open(ProcessStat.read(exec.pid()).parent())) {
                Files.writeString(record, cut.apply(Files.readString(record)));
                guest = ((Adopted.Running) instance.restart().get(0)).guest();
                assertTrue(process.awaitExit(Duration.ofSeconds(5)), "the process runs");
                assertTrue(monitor.awaitExit(Duration.ofSeconds(5)), "the monitor runs");
            }
            assertEquals(List.of(), guest.processes().execs());
            assertFalse(Files.exists(folder));
        }
        guest.kill();
        assertFalse(
                Files.exists(instance.run().resolve("exec/" + guest.definition().uuid())));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void restart_whenTheGuestEndedMeanwhile_removesItsProcesses(OciRuntime runtime) throws Exception {
        instance = new Instance(directory, runtime);
        Launched launched = instance.script("exec", STAY);
        launched.guest().processes().exec(ExecSpec.of(PIPES, "sleep", "1000"));
        Path folder = instance.run().resolve("exec/" + launched.definition().uuid());
        int init = launched.guest().id();
        try (Pidfd process = Pidfd.open(init);
                Pidfd monitor = Pidfd.open(ProcessStat.read(init).parent())) {
            instance.restartWithoutAdopting();
            process.signal(9);
            assertTrue(monitor.awaitExit(Duration.ofSeconds(5)));
        }
        instance.restart();
        assertFalse(Files.exists(folder));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void end_whenNobodyReads_isToldAllTheSame(OciRuntime runtime) throws Exception {
        instance = new Instance(directory, runtime);
        Launched launched = instance.script("exec", STAY);
        Processes processes = launched.guest().processes();
        List<Processes.Attached> stalled = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            stalled.add(processes.execAttached(ExecSpec.of(PIPES, "yes")));
        }
        Thread.sleep(300); // both wait for their readers now
        stalled.get(0).exec().signal(9);
        assertEquals(128 + 9, exit(stalled.get(0).exec()).status());
        launched.guest().kill();
        assertEquals(128 + 9, exit(stalled.get(1).exec()).status());
        stalled.forEach(one -> one.output().close());
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void exec_whileTheGuestIsKilled_worksOrIsRefusedAndLeavesNothing(OciRuntime runtime) throws Exception {
        instance = new Instance(directory, runtime);
        for (int round = 0; round < 3; round++) {
            Launched launched = instance.script("exec" + round, STAY);
            Processes processes = launched.guest().processes();
            processes.exec(ExecSpec.of(PIPES, "sleep", "1000"));
            CompletableFuture<List<Exec>> starter = CompletableFuture.supplyAsync(() -> {
                List<Exec> started = new ArrayList<>();
                while (true) {
                    try {
                        started.add(processes.exec(ExecSpec.of(PIPES, "sleep", "1000")));
                    } catch (EngineException e) {
                        assertEquals(ErrorCode.OPERATION_INVALID, e.code(), e.getMessage());
                        return started;
                    }
                }
            });
            Thread.sleep(100L + 30 * round);
            launched.guest().kill();
            for (Exec exec : starter.get(20, TimeUnit.SECONDS)) {
                assertTrue(
                        List.of(128 + 9, ExecExit.UNKNOWN).contains(exit(exec).status()), () -> "" + exec);
            }
            assertFalse(Files.exists(
                    instance.run().resolve("exec/" + launched.definition().uuid())));
        }
    }

    private static ExecSpec sh(String script) {
        return ExecSpec.of(PIPES, "sh", "-c", script);
    }

    private static String run(Guest guest, ExecSpec spec) throws Exception {
        return output(guest.processes().exec(spec)).strip();
    }

    private static String output(Exec exec) throws Exception {
        ExecExit exit = exit(exec);
        assertEquals(List.of(), exit.failure() == null ? List.of() : List.of(exit.failure()));
        OutputReader reader = exec.io().log(LogRange.ALL, false);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (BlockingReader blocking = new BlockingReader(reader)) {
            for (Chunk chunk = blocking.take(); chunk != null; chunk = blocking.take()) {
                all.write(chunk.bytes());
            }
        }
        return all.toString(UTF_8);
    }

    private static ExecExit exit(Exec exec) throws Exception {
        return exec.exit().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}

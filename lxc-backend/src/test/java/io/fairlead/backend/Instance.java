package io.fairlead.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.launch.BackendConfig;
import io.fairlead.backend.launch.OciRuntime;
import io.fairlead.backend.launch.TestConfig;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.BlockingReader;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.Prepared;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.process.Programs;
import io.fairlead.linux.testing.HostTables;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** A back end below a folder of its own, and a busybox root tree. Compares the host's tables before and after. */
final class Instance implements AutoCloseable {
    private static final List<String> APPLETS = List.of(
            "sh",
            "cat",
            "date",
            "echo",
            "grep",
            "head",
            "hostname",
            "id",
            "kill",
            "ls",
            "mkdir",
            "mount",
            "mv",
            "ps",
            "readlink",
            "seq",
            "sleep",
            "stty",
            "touch",
            "tr",
            "unshare",
            "yes");

    final Path directory;
    final Path root;
    private final BackendConfig config;
    private final HostTables before;
    private final String group;
    private LxcBackend backend;
    private String initUser = "";

    /** A guest, and its end. */
    record Launched(DomainDocument definition, Guest guest, CompletableFuture<GuestExit> exit) {
        int status() throws Exception {
            return exit.get(20, TimeUnit.SECONDS).status();
        }
    }

    Instance(Path directory, OciRuntime runtime) throws IOException {
        this.directory = directory;
        root = busybox(directory.resolve("tree"));
        config = TestConfig.in(directory, runtime);
        group = config.cgroupRoot().substring(1);
        before = tables();
        backend = new LxcBackend(config);
    }

    /**
     * The runtimes that work here. crun 1.8 refuses a host that mounts both versions of cgroups, so the build hides one
     * of them (src/test/launcher). Where everything has to run, a build that does not is a failure.
     */
    static Stream<OciRuntime> runtimes() throws IOException {
        boolean hybrid = CgroupLayout.detect().kind() == CgroupLayout.Kind.HYBRID;
        if (hybrid && "1".equals(System.getenv("FAIRLEAD_REQUIRE_HOST"))) {
            throw new IllegalStateException("crun would be left out: both versions of cgroups are mounted");
        }
        return Stream.of("crun", "runc")
                .filter(name -> !(hybrid && name.equals("crun")))
                .flatMap(name -> Programs.find(name).stream())
                .map(OciRuntime::of);
    }

    /** The user of every later guest's init. */
    void runAs(String user) {
        initUser = "<inituser>%s</inituser>".formatted(user);
    }

    LxcBackend backend() {
        return backend;
    }

    Launched script(String name, String script) {
        return launch(name, "", "", script, false);
    }

    Launched launch(String name, String elements, String devices, String script, boolean paused) {
        DomainDocument definition = definition(name, elements, devices, script);
        CompletableFuture<GuestExit> exit = new CompletableFuture<>();
        try (Prepared prepared = backend.prepare(backend.plan(definition), LaunchRequest.PLAIN, exit::complete)) {
            Guest guest = paused ? prepared.startPaused() : prepared.start();
            return new Launched(definition, guest, exit);
        }
    }

    DomainDocument definition(String name, String elements, String devices, String script) {
        String source = devices.contains("<target dir='/'/>")
                ? ""
                : "<filesystem type='mount'><source dir='%s'/><target dir='/'/></filesystem>".formatted(root);
        return DomainDocument.parse(
                """
                <domain type='lxc'>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <memory unit='MiB'>64</memory>
                  <os><type>exe</type><init>/bin/sh</init><initarg>-c</initarg><initarg><![CDATA[%s]]></initarg>%s</os>
                  %s
                  <devices>%s%s<console type='pty'/></devices>
                </domain>
                """
                        .formatted(name, UUID.randomUUID(), script, initUser, elements, source, devices));
    }

    /** Runs a script to its end and returns its output. */
    String output(String elements, String devices, String script) throws Exception {
        Launched launched = launch("script", elements, devices, script, false);
        launched.status();
        return log(launched);
    }

    static String drain(ConsoleSession console) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        BlockingReader reader = new BlockingReader(console.output());
        for (Chunk next = reader.take(); next != null; next = reader.take()) {
            text.append(new String(next.bytes(), StandardCharsets.UTF_8));
        }
        return text.toString().replace("\r", "");
    }

    /** The next piece of output. */
    static String next(ConsoleSession console) throws InterruptedException {
        return new String(new BlockingReader(console.output()).take().bytes(), StandardCharsets.UTF_8);
    }

    String log(Launched launched) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(
                config.logDirectory().resolve(launched.definition().uuid() + "/console.log"))) {
            text.append(line.split(" ", 4)[3].replace("\r", "")).append('\n');
        }
        return text.toString();
    }

    /** Behaves as if the daemon was killed and started again. */
    List<Adopted> restart() throws IOException {
        restartWithoutAdopting();
        return adopt(uuid -> Optional.empty());
    }

    /** @param definitions what the engine knows */
    List<Adopted> adopt(Function<UUID, Optional<DomainDocument>> definitions) {
        List<Adopted> found = Collections.synchronizedList(new ArrayList<>());
        backend.adopt(definitions, found::add);
        return List.copyOf(found);
    }

    void restartWithoutAdopting() throws IOException {
        backend.close();
        backend = new LxcBackend(config);
    }

    Path run() {
        return config.runDirectory();
    }

    @Override
    public void close() throws IOException {
        for (Adopted adopted : restart()) {
            if (adopted instanceof Adopted.Running running) {
                running.guest().kill();
            }
            backend.forget(adopted.uuid());
        }
        backend.close();
        assertEquals(List.of(), tables().addedSince(before), "left behind on the host");
        Path folders = Files.createDirectories(run().resolve("guests"));
        try (Stream<Path> guests = Files.list(folders)) {
            assertEquals(List.of(), guests.toList(), "left behind in the run directory");
        }
        assertTrue(Files.notExists(Path.of("/sys/fs/cgroup/unified", group)), "left behind below the mount point");
    }

    private HostTables tables() throws IOException {
        // Other tests may run monitors and mounts of their own meanwhile; loop devices and groups name their owner.
        HostTables all = HostTables.snapshot(group, Set.of());
        return new HostTables(Set.copyOf(all.lines().stream()
                .filter(line -> line.contains(group) || line.contains(directory.toString()))
                .toList()));
    }

    private static Path busybox(Path tree) throws IOException {
        Path bin = Files.createDirectories(tree.resolve("bin"));
        Files.copy(Programs.find("busybox").orElseThrow().toRealPath(), bin.resolve("busybox"));
        for (String applet : APPLETS) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
        Files.createDirectories(tree.resolve("etc"));
        Files.createDirectories(tree.resolve("srv"));
        Files.writeString(tree.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\nweb:x:33:34::/:/bin/sh\n");
        Files.writeString(tree.resolve("etc/group"), "root:x:0:\nweb:x:34:\n");
        return tree;
    }
}

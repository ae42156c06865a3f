package io.fairlead.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.Instance.Launched;
import io.fairlead.backend.launch.OciRuntime;
import io.fairlead.core.backend.BlockingReader;
import io.fairlead.core.backend.Channel;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.FileMount;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.Prepared;
import io.fairlead.core.backend.Stdio;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a launch adds to its plan, and the moment between its two phases. */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"conmon", "busybox"})
@Timeout(60)
class LaunchRequestTest {
    private static final Stdio PIPES = new Stdio.Pipes(Stdio.Input.CLOSED);
    private static final String USERS =
            "<idmap><uid start='0' target='200000' count='1000'/><gid start='0' target='200000' count='1000'/></idmap>";

    @TempDir
    private Path directory;

    static Stream<OciRuntime> runtimes() throws IOException {
        return Instance.runtimes();
    }

    /** Runs a script to its end. @return what it wrote to the channel */
    private static String output(
            Instance instance, String elements, String script, LaunchRequest request, Channel channel)
            throws Exception {
        DomainDocument definition = instance.definition("one", elements, "", script);
        CompletableFuture<GuestExit> exit = new CompletableFuture<>();
        try (Prepared prepared =
                        instance.backend().prepare(instance.backend().plan(definition), request, exit::complete);
                BlockingReader reader = new BlockingReader(prepared.io().attach(LogRange.NEW.of(channel)))) {
            prepared.start();
            StringBuilder text = new StringBuilder();
            for (Chunk next = reader.take(); next != null; next = reader.take()) {
                text.append(new String(next.bytes(), StandardCharsets.UTF_8));
            }
            exit.get(20, TimeUnit.SECONDS);
            return text.toString();
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void files_ofTheDaemon_areSeenInTheGuestAsTheyAreNow(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
            Path name = Files.writeString(directory.resolve("name"), "web\n");
            LaunchRequest request = LaunchRequest.PLAIN
                    .with(PIPES)
                    .with(List.of(
                            new FileMount(hosts, "/etc/hosts", true), new FileMount(name, "/etc/deep/name", false)));
            String script =
                    "cat /etc/hosts /etc/deep/name; echo x 2>&1 >/etc/hosts || echo refused; echo changed > /etc/deep/name";
            String text = output(instance, "", script, request, Channel.STDOUT);
            assertTrue(text.startsWith("127.0.0.1 localhost\nweb\n"), text);
            assertTrue(text.endsWith("refused\n"), text);
            assertEquals("changed\n", Files.readString(name));
            assertEquals("127.0.0.1 localhost\n", Files.readString(hosts));
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void environment_ofTheRequest_takesThePlaceOfLibvirts(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            LaunchRequest request = LaunchRequest.PLAIN.with(PIPES).withEnvironment(List.of("PATH=/bin", "COLOUR=red"));
            String text = output(instance, "", "echo $PATH $COLOUR $container", request, Channel.STDOUT);
            assertEquals("/bin red\n", text);
        }
    }

    /** A reader that attaches before the start misses nothing, and the runtime's own words are not the guest's. */
    @ParameterizedTest
    @MethodSource("runtimes")
    void io_beforeTheStart_isThere(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            LaunchRequest request = LaunchRequest.PLAIN.with(PIPES);
            assertEquals("out\n", output(instance, "", "echo out; echo err >&2", request, Channel.STDOUT));
            instance.restart().forEach(adopted -> instance.backend().forget(adopted.uuid()));
            assertEquals("err\n", output(instance, "", "echo out; echo err >&2", request, Channel.STDERR));
        }
    }

    /** Programs open /dev/stdout and /dev/stderr by their names, also as other users than root. */
    @ParameterizedTest
    @MethodSource("runtimes")
    void pipes_ofAGuestWithAnotherUser_canBeOpenedByName(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            instance.runAs("web");
            LaunchRequest request = LaunchRequest.PLAIN.with(PIPES);
            String script = "id -u; echo named > /dev/stdout; echo too > /proc/self/fd/2";
            assertEquals("33\nnamed\n", output(instance, "", script, request, Channel.STDOUT));
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void pipes_ofAGuestWithItsOwnUsers_canBeOpenedByName(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            LaunchRequest request = LaunchRequest.PLAIN.with(PIPES);
            for (Path above = directory; above.getNameCount() > 1; above = above.getParent()) {
                assertTrue(above.toFile().setExecutable(true, false));
            }
            String script = "id -u; echo named > /dev/stdout; echo too > /proc/self/fd/2";
            assertEquals("0\nnamed\n", output(instance, USERS, script, request, Channel.STDOUT));
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void networkNamespace_ofAGuestWithItsOwn_isNotTheHosts(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            DomainDocument own = instance.definition("own", "<features><privnet/></features>", "", "sleep 100");
            DomainDocument shared = instance.definition("shared", "", "", "sleep 100");
            Path host = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
            assertNotEquals(host, networkOf(instance, own));
            assertEquals(host, networkOf(instance, shared));
        }
    }

    private static Path networkOf(Instance instance, DomainDocument definition) throws IOException {
        try (Prepared prepared =
                instance.backend().prepare(instance.backend().plan(definition), LaunchRequest.PLAIN, exit -> {})) {
            return Files.readSymbolicLink(prepared.networkNamespace());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void close_whenItWasNotStarted_leavesNoMountPoints(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
            LaunchRequest request = LaunchRequest.PLAIN.with(List.of(new FileMount(hosts, "/etc/made/hosts", true)));
            DomainDocument definition = instance.definition("one", "", "", "echo ran > /ran");
            instance.backend()
                    .prepare(instance.backend().plan(definition), request, exit -> {})
                    .close();
            assertFalse(Files.exists(instance.root.resolve("etc/made")));
            assertFalse(Files.exists(instance.root.resolve("ran")));
        }
    }

    /** The log of a guest can be read when nothing else is left of it. */
    @ParameterizedTest
    @MethodSource("runtimes")
    void log_ofAGuestThatIsForgotten_isKept(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            Launched launched = instance.script("one", "echo last words");
            launched.status();
            instance.backend().forget(launched.definition().uuid());
            try (BlockingReader reader = new BlockingReader(
                    instance.backend().log(launched.definition().uuid(), LogRange.ALL, true))) {
                assertEquals("last words\r\n", new String(reader.take().bytes(), StandardCharsets.UTF_8));
            }
        }
    }
}

package io.fairlead.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.BlockingReader;
import io.fairlead.core.backend.Channel;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.Io;
import io.fairlead.core.backend.IoContract;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.core.backend.Prepared;
import io.fairlead.core.backend.Stdio;
import io.fairlead.core.backend.TerminalSize;
import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for the streams of every process, with the init of real containers. */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"conmon", "busybox"})
@Timeout(60)
class LxcIoContractTest extends IoContract {
    /**
     * Takes orders from a folder, one file each, in the order of their numbers. The folder is not a pipe, because
     * opening a pipe could hang the test.
     */
    private static final String SCRIPT =
            """
            stty -echo 2>/dev/null
            exec 4<&0
            {
              cat > /%1$s/heard <&4 4<&- & hearing=$!
              exec 4<&- 0<&-
              trap 'kill $hearing' TERM
              wait $hearing && touch /%1$s/heard-end
            } & ear=$!
            n=0
            while :; do
              while [ ! -e /%1$s/$n ]; do sleep 0.01; done
              read -r verb text < /%1$s/$n
              n=$((n+1))
              case $verb in
                out) echo "$text" ;;
                err) echo "$text" >&2 ;;
                flood) yes "$(cat /%1$s/line)" | head -n $text ;;
                size) stty size > /%1$s/size.new; mv /%1$s/size.new /%1$s/size ;;
                deaf) kill $ear; wait $ear; exec 4<&- 0<&-; touch /%1$s/deaf ;;
                end) exit $text ;;
              esac
            done
            """;

    private static final int SIGKILL = 9;

    @TempDir
    private Path directory;

    private Instance instance;
    private int names;

    @BeforeEach
    void begin() throws IOException {
        instance = new Instance(directory, Instance.runtimes().findFirst().orElseThrow());
    }

    @AfterEach
    void finish() throws IOException {
        instance.close();
    }

    private final class ScriptPuppet implements Puppet {
        private final UUID uuid;
        private final Path orders;
        private Guest guest;
        private CompletionStage<GuestExit> exit;
        private int next;

        private ScriptPuppet(UUID uuid, Path orders) {
            this.uuid = uuid;
            this.orders = orders;
        }

        @Override
        public Io io() {
            return guest.io();
        }

        private void order(String order) {
            try {
                Path fresh = Files.writeString(orders.resolve("order"), order + "\n");
                Files.move(fresh, orders.resolve(Integer.toString(next++)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void say(Channel channel, String line) {
            order((channel == Channel.STDOUT ? "out " : "err ") + line);
        }

        @Override
        public void flood(int lines) {
            order("flood " + lines);
        }

        private String read(String file) {
            try {
                Path path = orders.resolve(file);
                return Files.exists(path) ? Files.readString(path, StandardCharsets.UTF_8) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String heard() {
            return read("heard");
        }

        @Override
        public boolean heardEnd() {
            return Files.exists(orders.resolve("heard-end"));
        }

        @Override
        public void closeInput() {
            order("deaf");
            await("its deafness", () -> Files.exists(orders.resolve("deaf")));
        }

        @Override
        public TerminalSize size() {
            try {
                Files.deleteIfExists(orders.resolve("size"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            order("size");
            await("the size", () -> Files.exists(orders.resolve("size")));
            String[] words = read("size").trim().split(" ");
            if (words.length != 2) {
                return TerminalSize.UNKNOWN; // then busybox prints an error
            }
            return new TerminalSize(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
        }

        @Override
        public void end() {
            order("end 0");
            exit.toCompletableFuture().join();
        }
    }

    @Override
    protected Puppet start(Stdio stdio) {
        String name = "io" + names++;
        try {
            Path orders = Files.createDirectory(instance.root.resolve(name));
            Files.writeString(orders.resolve("line"), "x".repeat(99));
            LaunchPlan plan = instance.backend().plan(instance.definition(name, "", "", SCRIPT.formatted(name)));
            CompletableFuture<GuestExit> exit = new CompletableFuture<>();
            try (Prepared prepared =
                    instance.backend().prepare(plan, LaunchRequest.PLAIN.with(stdio), exit::complete)) {
                ScriptPuppet puppet = new ScriptPuppet(plan.definition().uuid(), orders);
                puppet.guest = prepared.start();
                puppet.exit = exit;
                return puppet;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The monitor begins a new file meanwhile, while one reader has not begun. */
    @Test
    void log_whenItIsLongerThanItsFiles_reachesReadersWhole() throws Exception {
        Puppet puppet = start(new Stdio.Pipes(Stdio.Input.CLOSED));
        int lines = 150_000; // 22 MB of log; a file has 16 MiB
        try (BlockingReader reader = new BlockingReader(puppet.io().attach(LogRange.NEW));
                BlockingReader follower = new BlockingReader(puppet.io().log(LogRange.ALL, true))) {
            puppet.flood(lines);
            assertEquals(lines * 100L, count(reader, lines * 100L));
            assertEquals(lines * 100L, count(follower, lines * 100L));
        }
        assertEquals(
                100 * 1000, all(puppet.io().log(LogRange.ALL.last(1000), false)).length());
    }

    /** Its monitor waits for the reader, too, and cannot tell of an end meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void end_whileTheProcessWaitsForItsReader_isTold(boolean byTheDaemon) throws Exception {
        ScriptPuppet puppet = (ScriptPuppet) start(new Stdio.Pipes(Stdio.Input.CLOSED));
        try (OutputReader stalled = puppet.io().attach(LogRange.NEW)) {
            puppet.flood(100_000);
            awaitStandstill(puppet);
            if (byTheDaemon) {
                puppet.guest.kill();
            } else {
                try (Pidfd init = Pidfd.open(puppet.guest.id())) {
                    init.signal(SIGKILL);
                }
            }
            assertEquals(
                    128 + SIGKILL,
                    puppet.exit.toCompletableFuture().get(5, TimeUnit.SECONDS).status());
            assertTrue(stalled.end().isEmpty(), "it lost what it had not read");
        }
    }

    private static void awaitStandstill(Puppet puppet) throws InterruptedException {
        int before = -1;
        for (int now = 0;
                now != before || now == 0;
                now = all(puppet.io().log(LogRange.ALL, false)).length()) {
            before = now;
            Thread.sleep(200);
        }
        assertTrue(before < 100_000 * 100, "it did not wait");
    }

    /** Its folder was renamed, and its command line names another one. */
    @ParameterizedTest
    @MethodSource("shapes")
    void streams_ofAMonitorThatWasOnStandby_areTheSame(Stdio stdio) throws Exception {
        instance.restart(); // a daemon keeps monitors on standby when it has adopted
        start(stdio).end(); // and those of other shapes than a terminal from their first launch on
        Path standbys = instance.run().resolve("standby");
        await("monitors on standby", () -> folders(standbys) == (stdio.isTerminal() ? 1 : 2));
        Thread.sleep(300); // until its runtime waits for a configuration

        Puppet puppet = start(stdio);

        assertTrue(Files.isSymbolicLink(standbyOf(puppet)), "it was launched in another way");
        puppet.say(Channel.STDERR, "speaks");
        await("its words", () -> all(puppet.io().log(LogRange.ALL, false)).contains("speaks\n"));
        puppet.io().write("hears\n".getBytes(StandardCharsets.UTF_8));
        await("its ears", () -> puppet.heard().contains("hears"));
        puppet.io().endInput();
        if (stdio.isTerminal()) {
            assertEquals(new TerminalSize(24, 80), puppet.size());
            puppet.io().resize(new TerminalSize(25, 81));
            await("the new size", () -> puppet.size().equals(new TerminalSize(25, 81)));
        } else {
            await("the end of its input", puppet::heardEnd);
        }
    }

    static Stream<Stdio> shapes() {
        return Stream.of(new Stdio.Terminal(new TerminalSize(24, 80)), new Stdio.Pipes(Stdio.Input.ONCE));
    }

    /** The link that is left at the monitor's old place. */
    private Path standbyOf(Puppet puppet) throws IOException {
        Path record = instance.run().resolve("guests/" + ((ScriptPuppet) puppet).uuid + "/record.json");
        String id =
                new ObjectMapper().readTree(Files.readString(record)).path("id").asText();
        return instance.run().resolve("standby").resolve(id);
    }

    private static long folders(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !Files.isSymbolicLink(entry)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(BlockingReader reader, long bytes) throws InterruptedException {
        long count = 0;
        for (Chunk next = null; count < bytes; count += next.bytes().length) {
            next = reader.take();
        }
        return count;
    }

    @Override
    protected Puppet restartDaemon(Puppet puppet) {
        ScriptPuppet own = (ScriptPuppet) puppet;
        try {
            for (Adopted adopted : instance.restart()) {
                if (adopted instanceof Adopted.Running running && running.uuid().equals(own.uuid)) {
                    own.guest = running.guest();
                    own.exit = running.exit();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return own;
    }
}

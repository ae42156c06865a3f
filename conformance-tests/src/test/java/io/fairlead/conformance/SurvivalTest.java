package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Pty;
import io.fairlead.conformance.client.RawConnection;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Leftovers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The daemon is killed at any moment and started again: containers, their ends, consoles and the host are as they
 * should.
 */
@OnFairlead
class SurvivalTest {
    private static final int KILLS = 50;
    private static final int KILLS_IN_A_SOAK = 2000;
    private static final Duration SOON = Duration.ofSeconds(15);

    private FairleadServer server;
    private Leftovers leftovers;
    private RootTree root;

    @BeforeEach
    void start() {
        server = FairleadServer.start();
        leftovers = Leftovers.before(server.directory());
        root = RootTree.below(server.directory());
    }

    @AfterEach
    void stop() {
        server.close();
        assertEquals(List.of(), leftovers.find());
    }

    private Virsh virsh() {
        return server.virsh();
    }

    private void awaitState(String name, String state) {
        Eventually.see(name + " is " + state, SOON, () -> virsh().ok("domstate", "--reason", name), state::equals);
    }

    @Test
    void container_whenTheDaemonIsKilled_runsOnAndIsKnownAgain() {
        DomainXml.sleeping("kept", root).start(server);
        DomainXml.sleeping("passing", root).create(server);
        String id = virsh().ok("domid", "kept");
        String definition = virsh().ok("dumpxml", "kept");

        server.kill();
        server.startAgain();

        awaitState("kept", "running (booted)");
        awaitState("passing", "running (booted)");
        assertEquals(id, virsh().ok("domid", "kept"));
        assertEquals(definition, virsh().ok("dumpxml", "kept"));
        assertTrue(virsh().ok("dominfo", "passing").contains("Persistent:     no"));
        virsh().ok("destroy", "passing");
        virsh().ok("destroy", "kept");
        assertEquals("shut off (destroyed)", virsh().ok("domstate", "--reason", "kept"));
    }

    @Test
    void pausedContainer_whenTheDaemonIsKilled_staysPaused() {
        DomainXml.sleeping("c1", root).start(server);
        virsh().ok("suspend", "c1");

        server.kill();
        server.startAgain();

        Eventually.see("paused", SOON, () -> virsh().ok("domstate", "c1"), "paused"::equals);
        virsh().ok("resume", "c1");
        assertEquals("running", virsh().ok("domstate", "c1"));
    }

    @Test
    void initsEnd_whenNoDaemonRuns_isKnownAfterwards() {
        DomainXml.sleeping("failed", root).shell("sleep 0.7; exit 5").start(server);
        DomainXml.sleeping("done", root).shell("sleep 0.7").start(server);

        server.kill();
        Eventually.sleep(Duration.ofMillis(1200));
        server.startAgain();

        awaitState("done", "shut off (shutdown)");
        Eventually.see(
                "failed", SOON, () -> virsh().ok("domstate", "--reason", "failed"), said -> said.contains("crashed"));
        assertTrue(virsh().ok("dominfo", "failed").contains("init exited with status 5"));
    }

    @Test
    void console_whenTheDaemonIsKilled_worksAfterwardsWithWhatWasWritten() {
        DomainXml.sleeping("c1", root)
                .shell("stty -echo; echo first words; while read l; do echo \"got $l\"; done")
                .start(server);
        try (Pty console = Pty.console(server.uri(), "c1")) {
            console.await("first words");
            server.kill();
            console.await("Disconnected from");
        }
        server.startAgain();
        Eventually.see("running", SOON, () -> virsh().ok("domstate", "c1"), "running"::equals);

        try (Pty console = Pty.console(server.uri(), "c1")) {
            console.await("first words");
            console.type("again\r");
            console.await("got again");
            assertEquals(0, console.leave());
        }
    }

    @Test
    void events_whenTheDaemonWasRestarted_goOn() {
        DomainXml.sleeping("c1", root).start(server);
        server.kill();
        server.startAgain();
        Eventually.see("running", SOON, () -> virsh().ok("domstate", "c1"), "running"::equals);
        DomainXml.sleeping("c2", root).define(server);

        assertEquals(
                "2 0\n5 1",
                Scripts.python(server, "events_after.py", "c1", "c2").run().orFail());
    }

    @Test
    void autostart_whenTheHostHasBooted_startsWhatIsMarkedAndOnlyThen() throws IOException {
        DomainXml.sleeping("c1", root).define(server);
        DomainXml.sleeping("c2", root).define(server);
        virsh().ok("autostart", "c1");

        server.stop();
        // A boot of the host removes this mark of a past autostart.
        Files.delete(server.directory().resolve("run/autostarted"));
        server.startAgain();

        awaitState("c1", "running (booted)");
        assertEquals("shut off", virsh().ok("domstate", "c2"));
        virsh().ok("destroy", "c1");
        server.stop();
        server.startAgain();
        Eventually.sleep(Duration.ofSeconds(1));
        assertEquals("shut off", virsh().ok("domstate", "c1"));
    }

    @Test
    void hundredContainers_whenAdopted_areThereWhileCallsAreAnswered() {
        RootTree shared = root;
        IntStream.range(0, 100).parallel().forEach(i -> DomainXml.sleeping("c" + i, shared)
                .create(server));
        server.kill();

        server.startAgain();

        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            assertEquals(0, connection.call(157).status());
        }
        // How long that takes is a figure of the benchmarks.
        Eventually.until(
                "all are adopted",
                Duration.ofSeconds(60),
                () -> virsh().ok("list", "--state-running", "--name").lines().count() == 100);
    }

    @Test
    void daemon_whenKilledFiftyTimesUnderLoad_neverLosesAContainerOrLeaksOne() throws IOException {
        killUnderLoad(KILLS);
    }

    @Test
    @Tag("soak")
    void daemon_whenKilledThousandsOfTimesUnderLoad_neverLosesAContainerOrLeaksOne() throws IOException {
        killUnderLoad(KILLS_IN_A_SOAK);
    }

    private void killUnderLoad(int kills) throws IOException {
        for (int i = 0; i < 3; i++) {
            DomainXml.sleeping("keep" + i, root).start(server);
        }
        Map<String, String> ids = keeperIds();
        Process load = Scripts.python(server, "load.py", root.path().toString()).start();
        Random random = new Random(7);
        try {
            for (int round = 0; round < kills; round++) {
                Eventually.sleep(Duration.ofMillis(random.nextInt(700)));
                server.kill();
                if (round % 10 == 3) {
                    // A longer pause lets containers end unobserved.
                    Eventually.sleep(Duration.ofMillis(500));
                }
                server.startAgain();
                int current = round;
                Eventually.see("keepers run on after kill " + current, SOON, this::keeperIds, ids::equals);
                assertTrue(load.isAlive(), "the load ended in round " + current);
            }
        } finally {
            load.getOutputStream().close();
        }
        Outcome told = finish(load);
        assertTrue(told.out().matches("(?s).*created [1-9]\\d*.*"), told.toString());
        assertEquals(0, told.exit(), () -> told + server.log());

        onlyKeepersAreLeft();
    }

    private Map<String, String> keeperIds() {
        return virsh().run("list")
                .out()
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 3 && words[1].startsWith("keep") && words[2].equals("running"))
                .collect(Collectors.toMap(words -> words[1], words -> words[0]));
    }

    private static Outcome finish(Process load) throws IOException {
        String out = new String(load.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String err = new String(load.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            return new Outcome(List.of("load.py"), load.waitFor(), out, err, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** After the load's domains are stopped, only the keepers' monitors, cgroups and files may be left. */
    private void onlyKeepersAreLeft() {
        virsh().ok("list", "--all", "--name")
                .lines()
                .filter(name -> name.startsWith("load"))
                .forEach(name -> {
                    virsh().run("destroy", name);
                    virsh().run("undefine", name);
                });
        Eventually.see(
                "only keepers are listed",
                SOON,
                () -> virsh().ok("list", "--all", "--name").lines().sorted().toList(),
                List.of("keep0", "keep1", "keep2")::equals);
        Eventually.see("one monitor per keeper, and one on standby", SOON, this::monitors, count -> count == 4);
        Eventually.see("one folder on standby", SOON, () -> folders("run/standby"), count -> count == 1);
        Eventually.see("one log on standby", SOON, () -> folders("log/standby"), count -> count == 1);
    }

    /** Without links: those lead from a standby monitor's place to its guest. */
    private long folders(String path) {
        try (Stream<Path> all = Files.list(server.directory().resolve(path))) {
            return all.filter(one -> Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long monitors() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/conmon"))
                .filter(process -> process.info()
                        .commandLine()
                        .orElse("")
                        .contains(server.directory().toString()))
                .count();
    }
}

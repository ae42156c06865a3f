package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Leftovers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The daemon ends in the middle of what it was asked to do; the next one does the rest.
 *
 * <p>A container's monitor that stands still keeps the end of the container from the daemon, for as long as a case
 * needs it.
 */
@OnFairlead
class UnfinishedRequestTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String RESTARTS = "<on_crash>restart</on_crash>";
    private static final int CUTS = 8;
    private static final int MANY = 20;

    /** How the daemon ends. */
    private enum End {
        KILL {
            @Override
            void happens(FairleadServer server) {
                server.kill();
            }
        },
        STOP {
            @Override
            void happens(FairleadServer server) {
                server.stop();
            }
        };

        abstract void happens(FairleadServer server);
    }

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

    @ParameterizedTest
    @EnumSource
    void destroy_whenTheDaemonEndsBeforeItKnows_isNoCrash(End end) throws Exception {
        DomainXml.sleeping("c1", root).with(RESTARTS).start(server);
        long monitor = stopMonitor("c1");
        Process destroy = virsh().command("destroy", "c1").start();
        Eventually.until("the destroy is noted", SOON, () -> intents().contains("ask='destroy'"));

        end.happens(server);
        signal(monitor, "CONT");
        assertTrue(destroy.waitFor(20, TimeUnit.SECONDS));
        server.startAgain();

        awaitState("c1", "shut off (destroyed)");
        assertEquals("shut off (destroyed)", virsh().ok("domstate", "--reason", "c1"));
    }

    @Test
    void destroy_whenTheDaemonIsKilledBeforeItKills_isDoneByTheNext() throws IOException {
        DomainXml.sleeping("c1", root).with(RESTARTS).start(server);
        server.kill();
        // As if the daemon had got no further than writing down what it was asked to do.
        Path file = intentFile();
        String asked =
                Files.readString(file).replaceFirst("ask='start' (.*) pending='no'", "ask='destroy' $1 pending='yes'");
        assertTrue(asked.contains("pending='yes'"), asked);
        Files.writeString(file, asked.replaceFirst("wish='run'", "wish='off'"));
        server.startAgain();

        awaitState("c1", "shut off (destroyed)");
    }

    @ParameterizedTest
    @EnumSource
    void shutdown_whenInitEndsWithAnErrorWhileNoDaemonRuns_isAShutdown(End end) throws Exception {
        DomainXml.sleeping("c1", root)
                .shell("trap 'exit 3' TERM; while :; do sleep 0.1; done")
                .with(RESTARTS)
                .start(server);
        long monitor = stopMonitor("c1");
        virsh().ok("shutdown", "c1", "--mode", "signal");

        end.happens(server);
        signal(monitor, "CONT");
        server.startAgain();

        awaitState("c1", "shut off (shutdown)");
        assertTrue(virsh().ok("dominfo", "c1").contains("init exited with status 3"));
    }

    @ParameterizedTest
    @EnumSource
    void reboot_whenAPlainInitEndsWhileNoDaemonRuns_isAReboot(End end) throws Exception {
        DomainXml.sleeping("c1", root)
                .shell("trap 'exit 0' TERM; while :; do sleep 0.1; done")
                .create(server);
        String before = virsh().ok("domid", "c1");
        long monitor = stopMonitor("c1");
        virsh().ok("reboot", "c1", "--mode", "signal");

        end.happens(server);
        signal(monitor, "CONT");
        server.startAgain();

        awaitState("c1", "running (booted)");
        assertFalse(before.equals(virsh().ok("domid", "c1")));
        assertTrue(virsh().ok("dominfo", "c1").contains("Persistent:     no"));
    }

    @ParameterizedTest
    @EnumSource
    void restarts_ofATransientContainerThatKeepsFailing_goOnWithTheNextDaemon(End end) {
        root.file("mended", "");
        DomainXml failing = DomainXml.sleeping("c1", root)
                .shell("echo x >> /starts; [ -s /mended ] && exec sleep 1000000; exit 3")
                .with(RESTARTS);
        failing.create(server);
        Eventually.until("it has failed four times", SOON, () -> starts() >= 4);

        end.happens(server);
        Eventually.sleep(Duration.ofMillis(500)); // a launch that was under way may have come to its end
        long meanwhile = starts();
        server.startAgain();

        Eventually.until("it is started again", SOON, () -> starts() > meanwhile);
        root.file("mended", "yes");
        awaitState("c1", "running (booted)");
        virsh().ok("destroy", "c1");
        server.stop();
        server.startAgain();
        assertEquals("", virsh().ok("list", "--all", "--name"));
    }

    @Test
    void policyOfAContainer_whenTheDaemonIsKilled_isFollowedByTheNext() throws Exception {
        String facts = "<metadata><container xmlns='http://fairlead.io/xmlns/container/1'>"
                + "<restart policy='unless-stopped'/></container></metadata>";
        DomainXml.sleeping("c1", root)
                .shell("echo x >> /starts; trap 'exit 0' TERM; while :; do sleep 0.1; done")
                .with(facts)
                .start(server);
        long monitor = stopMonitor("c1");
        signal(Long.parseLong(virsh().ok("domid", "c1").strip()), "TERM");
        server.kill();
        signal(monitor, "CONT");
        server.startAgain();
        Eventually.until("an end that nobody asked for is followed by a start", SOON, () -> starts() == 2);
        awaitState("c1", "running (booted)");

        server.kill();
        asAfterABoot();
        server.startAgain();
        Eventually.until("a boot of the host, too", SOON, () -> starts() == 3);
        awaitState("c1", "running (booted)");

        virsh().ok("shutdown", "c1", "--mode", "signal");
        awaitState("c1", "shut off (shutdown)");
        server.kill();
        asAfterABoot();
        server.startAgain();
        Eventually.sleep(Duration.ofMillis(500));
        assertEquals("shut off (shutdown)", virsh().ok("domstate", "--reason", "c1"));
        assertEquals(3, starts());
    }

    /** As a new boot of the host leaves the files of a daemon whose run directory lies on a disk. */
    private void asAfterABoot() throws IOException {
        Path run = server.directory().resolve("run");
        try (var guests = Files.list(run.resolve("guests"))) {
            for (Path guest : guests.toList()) {
                Path record = guest.resolve("record.json");
                int init = Integer.parseInt(initOf(Files.readString(record)));
                signal(init, "KILL");
                Files.writeString(
                        record, Files.readString(record).replaceFirst("\"bootId\":\"[^\"]*\"", "\"bootId\":\"other\""));
            }
        }
        Files.deleteIfExists(run.resolve("autostarted"));
        Path file = intentFile();
        Files.writeString(file, Files.readString(file).replaceFirst("boot='[^']*'", "boot='other'"));
    }

    private static String initOf(String record) {
        return record.replaceFirst("(?s).*\"init\":\\{\"pid\":(\\d+).*", "$1");
    }

    @Test
    void create_whenTheDaemonIsKilledAtAnyMoment_isDoneOrNeverHappened() throws Exception {
        int done = 0;
        for (int i = 0; i < CUTS; i++) {
            String name = "c" + i;
            Process create = virsh().command(
                            "create", DomainXml.sleeping(name, root).file(server.directory()))
                    .start();
            Eventually.sleep(Duration.ofMillis(10 + 6L * i));
            server.kill();
            create.waitFor();
            boolean noted = hasIntents();
            server.startAgain();
            if (noted) {
                awaitState(name, "running (booted)");
                virsh().ok("destroy", name);
                done++;
            }
            assertEquals("", virsh().ok("list", "--all", "--name"));
        }
        assertTrue(done > 0, "every kill came too early");
    }

    @Test
    void container_whenItsCopyOfItsDefinitionIsDamaged_runsOn() throws IOException {
        DomainXml.sleeping("kept", root).start(server);
        DomainXml.sleeping("passing", root).with("<title>a title</title>").create(server);
        String ids = virsh().ok("domid", "kept") + virsh().ok("domid", "passing");
        server.kill();
        try (var folders = Files.list(server.directory().resolve("run/guests"))) {
            for (Path folder : folders.toList()) {
                Files.writeString(folder.resolve("live.xml"), "<domain");
            }
        }
        server.startAgain();

        awaitState("kept", "running (booted)");
        awaitState("passing", "running (booted)");
        assertEquals(ids, virsh().ok("domid", "kept") + virsh().ok("domid", "passing"));
        assertEquals("a title", virsh().ok("desc", "--title", "passing").strip());
    }

    @Test
    void stop_whileContainersAreTakenOver_isNoError() {
        IntStream.range(0, MANY).forEach(i -> DomainXml.sleeping("c" + i, root).create(server));
        for (int i = 0; i < 3; i++) {
            server.stop();
            server.startAgain();
            Eventually.sleep(Duration.ofMillis(20L * i));
        }
        server.stop();
        server.startAgain();

        Eventually.until(
                "all are there",
                SOON,
                () -> virsh().ok("list", "--state-running", "--name").lines().count() == MANY);
        assertFalse(server.log().contains(" ERROR "), server.log());
    }

    private Virsh virsh() {
        return server.virsh();
    }

    private void awaitState(String name, String state) {
        Eventually.see(
                name + " is " + state,
                SOON,
                () -> virsh().run("domstate", "--reason", name).out().strip(),
                state::equals);
    }

    private long starts() {
        return root.has("starts") ? root.read("starts").lines().count() : 0;
    }

    /** Init's parent is the monitor. */
    private long stopMonitor(String name) {
        long init = Long.parseLong(virsh().ok("domid", name).strip());
        long monitor = ProcessHandle.of(init)
                .flatMap(ProcessHandle::parent)
                .orElseThrow()
                .pid();
        signal(monitor, "STOP");
        return monitor;
    }

    private static void signal(long pid, String name) {
        Command.of("kill", "-" + name, Long.toString(pid)).run().orFail();
    }

    private String intents() {
        try {
            return Files.readString(intentFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasIntents() throws IOException {
        try (var files = Files.list(server.directory().resolve("state/intents"))) {
            return files.anyMatch(path -> path.toString().endsWith(".xml"));
        }
    }

    /** Of the only domain. */
    private Path intentFile() throws IOException {
        try (var files = Files.list(server.directory().resolve("state/intents"))) {
            return files.filter(path -> path.toString().endsWith(".xml"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

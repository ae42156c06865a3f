package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;
import java.time.Duration;

/**
 * How containers end: on request or by themselves, with a kept status, and with the follow-up that the definition
 * names.
 */
class ShutdownTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String DOES_NOTHING =
            "without an initctl pipe its shutdown and reboot report success and do nothing";

    /** A program that ends itself when asked politely. */
    private static DomainXml polite(Server server, String name) {
        return DomainXml.sleeping(server, name).shell("trap 'exit 0' TERM; while :; do sleep 0.1; done");
    }

    /** busybox's own init with a table of its own, so that no shell is left waiting for a terminal. */
    private static DomainXml busyboxInit(Server server, String name) {
        RootTree root = RootTree.below(server.directory());
        root.file("etc/inittab", "::respawn:/bin/sleep 1000000\n::ctrlaltdel:/bin/reboot\n");
        return DomainXml.sleeping(name, root).running("/sbin/init");
    }

    private static void awaitState(Server server, String name, String state) {
        Eventually.see(name + " is " + state, SOON, () -> server.virsh().ok("domstate", name), state::equals);
    }

    private static String awaitAnotherId(Server server, String name, String before) {
        return Eventually.see(
                "another life of " + name,
                SOON,
                () -> server.virsh().run("domid", name).out().strip(),
                id -> !id.isEmpty() && !id.equals("-") && !id.equals(before));
    }

    @Case(notTheOracle = DOES_NOTHING)
    void shutdown_whenInitIsAPlainProgram_endsIt(Server server) {
        polite(server, "c1").start(server);

        server.virsh().ok("shutdown", "c1");

        awaitState(server, "c1", "shut off");
        assertEquals("shut off (shutdown)", server.virsh().ok("domstate", "--reason", "c1"));
    }

    @Case(notTheOracle = DOES_NOTHING)
    void shutdown_whenInitIsBusybox_powersOff(Server server) {
        busyboxInit(server, "c1").start(server);

        server.virsh().ok("shutdown", "c1");

        awaitState(server, "c1", "shut off");
        assertEquals("shut off (shutdown)", server.virsh().ok("domstate", "--reason", "c1"));
    }

    @Case(notTheOracle = DOES_NOTHING)
    void reboot_whenInitIsBusybox_startsAnew(Server server) {
        busyboxInit(server, "c1").start(server);
        String before = server.virsh().ok("domid", "c1");

        server.virsh().ok("reboot", "c1");

        assertNotEquals(before, awaitAnotherId(server, "c1", before));
        awaitState(server, "c1", "running");
    }

    @Case(notTheOracle = DOES_NOTHING)
    void reboot_whenInitIsAPlainProgram_startsAnew(Server server) {
        polite(server, "c1").start(server);
        String before = server.virsh().ok("domid", "c1");

        server.virsh().ok("reboot", "c1", "--mode", "signal");

        awaitAnotherId(server, "c1", before);
        awaitState(server, "c1", "running");
    }

    @Case
    void shutdown_whenAModeIsImpossible_isRefused(Server server) {
        polite(server, "c1").start(server);

        assertTrue(server.virsh().refused("shutdown", "c1", "--mode", "acpi").contains("unsupported flags"));

        assertEquals("running", server.virsh().ok("domstate", "c1"));
    }

    @Case(notTheOracle = "it reports success when there is no initctl pipe")
    void shutdown_whenThereIsNoInitctl_saysSoIfItIsTheOnlyModeWanted(Server server) {
        polite(server, "c1").start(server);

        String refusal = server.virsh().refused("shutdown", "c1", "--mode", "initctl");

        assertTrue(refusal.contains("initctl"), refusal);
        assertEquals("running", server.virsh().ok("domstate", "c1"));
    }

    @Case
    void initctl_whenThereIsAPipe_isWrittenTo(Server server) {
        RootTree root = RootTree.below(server.directory());
        root.script(
                "listener",
                "mkfifo /dev/initctl; echo ready > /ready; head -c 12 /dev/initctl > /answer.part; mv /answer.part /answer\n");
        DomainXml.sleeping("c1", root).running("/listener").start(server);
        Eventually.until("the pipe is there", SOON, () -> root.has("ready"));

        server.virsh().ok("shutdown", "c1", "--mode", "initctl");

        Eventually.until("a request arrived", SOON, () -> root.has("answer"));
        byte[] request = root.read("answer").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        // A request of sysvinit: its magic number 0x03091969, then command 1, run level, with '0' for halt.
        assertEquals("69190903010000003000", java.util.HexFormat.of().formatHex(request, 0, 10));
    }

    /** Two containers see one folder at /run: the pipe there is read by the first one's init. */
    @Case(notTheOracle = "it writes to whatever pipe the container sees, unless it is the host's")
    void initctl_whenAnotherContainerReadsThePipe_isNotWrittenTo(Server server) {
        RootTree reader = RootTree.below(server.directory());
        RootTree shared = RootTree.below(server.directory());
        String run =
                "<filesystem type='mount'><source dir='%s'/><target dir='/run'/></filesystem>".formatted(shared.path());
        reader.script(
                "reader",
                "mkfifo /run/initctl; exec 3<>/run/initctl; echo ready > /ready; head -c 1 <&3 > /got; echo got > /answer\n"
                        + "exec sleep 1000000\n");
        DomainXml.sleeping("reader", reader).running("/reader").device(run).start(server);
        Eventually.until("the pipe is there", SOON, () -> reader.has("ready"));
        polite(server, "c1").device(run).start(server);

        String refusal = server.virsh().refused("shutdown", "c1", "--mode", "initctl");
        server.virsh().ok("shutdown", "c1");

        assertTrue(refusal.contains("initctl"), refusal);
        awaitState(server, "c1", "shut off");
        assertEquals("running", server.virsh().ok("domstate", "reader"));
        assertTrue(!reader.has("answer"), "its neighbour's run level arrived");
    }

    /** The host's own pipe, by a bind of the folder that it lies in. */
    @Case
    void initctl_whenItIsAPipeOfTheHosts_isNotWrittenTo(Server server) throws Exception {
        RootTree host = RootTree.below(server.directory());
        String run =
                "<filesystem type='mount'><source dir='%s'/><target dir='/run'/></filesystem>".formatted(host.path());
        assumeTrue(!server.isOracle(), "it knows the host's pipe by its path alone");
        Command.of("mkfifo", host.path().resolve("initctl").toString()).run().orFail();
        Process reader = Command.of(
                        "sh",
                        "-c",
                        "exec 3<>'%s'; echo ready; head -c 1 <&3; echo got".formatted(host.path() + "/initctl"))
                .start();
        try (var said = reader.inputReader()) {
            assertEquals("ready", said.readLine());
            polite(server, "c1").device(run).start(server);

            server.virsh().ok("shutdown", "c1");

            awaitState(server, "c1", "shut off");
            assertTrue(!said.ready(), "the run level arrived");
        } finally {
            reader.destroyForcibly();
        }
    }

    @Case(notTheOracle = DOES_NOTHING)
    void shutdown_whenInitIsAShellAtATerminal_saysThatItCannotBeAsked(Server server) {
        DomainXml.sleeping(server, "c1").running("/bin/sh").start(server);
        Eventually.until(
                "the shell has a prompt", SOON, () -> signals(server.virsh().ok("domid", "c1")));

        String refusal = server.virsh().refused("shutdown", "c1");

        assertTrue(refusal.contains("console"), refusal);
        assertEquals("running", server.virsh().ok("domstate", "c1"));
    }

    /** Whether it ignores TERM, as a shell with a terminal does once it runs. */
    private static boolean signals(String pid) {
        return Command.of("sh", "-c", "grep -q '^SigIgn:.*[4567cdef]...$' /proc/%s/status".formatted(pid))
                        .run()
                        .exit()
                == 0;
    }

    @Case(notTheOracle = "it keeps no messages")
    void initsEnd_whenMemoryRunsOut_saysSo(Server server) {
        DomainXml.sleeping(server, "c1")
                .shell("sleep 0.5; exec tail /dev/zero")
                .with("<memory unit='MiB'>32</memory><memtune><hard_limit unit='MiB'>32</hard_limit>"
                        + "<swap_hard_limit unit='MiB'>32</swap_hard_limit></memtune>")
                .start(server);

        awaitState(server, "c1", "shut off");

        String info = server.virsh().ok("dominfo", "c1");
        assertTrue(info.contains("out of memory"), info);
    }

    @Case(notTheOracle = "the exit status of init is nowhere to be had")
    void initsEnd_whenItFails_isKeptAndShown(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").shell("sleep 0.3; exit 3").start(server);

        Eventually.see(
                "it ended", SOON, () -> virsh.ok("domstate", "--reason", "c1"), said -> !said.startsWith("running"));

        assertTrue(virsh.ok("domstate", "--reason", "c1").contains("crashed"));
        assertTrue(virsh.ok("dominfo", "c1").contains("init exited with status 3"), virsh.ok("dominfo", "c1"));
    }

    @Case(notTheOracle = "the exit status of init is nowhere to be had")
    void initsEnd_whenASignalKillsIt_isNamed(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").start(server);

        virsh.ok("send-process-signal", "c1", "1", "kill");

        Eventually.see("it ended", SOON, () -> virsh.ok("domstate", "c1"), said -> !said.equals("running"));
        assertTrue(virsh.ok("dominfo", "c1").contains("signal 9"), virsh.ok("dominfo", "c1"));
    }

    @Case
    void initsEnd_whenItIsDone_shutsTheDomainOff(Server server) {
        DomainXml.sleeping(server, "c1").shell("sleep 0.3").start(server);

        awaitState(server, "c1", "shut off");

        assertEquals("shut off (shutdown)", server.virsh().ok("domstate", "--reason", "c1"));
    }

    @Case
    void transient_whenItEnds_isForgotten(Server server) {
        DomainXml.sleeping(server, "c1").shell("sleep 0.3").create(server);

        Eventually.until("it is gone", SOON, () -> server.virsh()
                .ok("list", "--all", "--name")
                .isEmpty());
    }

    @Case(notTheOracle = "it acts on reboot only")
    void onPoweroff_whenRestartIsDefined_startsAnew(Server server) {
        RootTree root = RootTree.below(server.directory());
        root.script("once", "echo life >> /lives; [ $(wc -l < /lives) -ge 2 ] && exec sleep 1000000; exit 0\n");
        DomainXml.sleeping("c1", root)
                .running("/once")
                .with("<on_poweroff>restart</on_poweroff>")
                .start(server);

        Eventually.until(
                "a second life",
                SOON,
                () -> root.has("lives") && root.read("lives").lines().count() == 2);
        awaitState(server, "c1", "running");
    }

    @Case(notTheOracle = "it acts on reboot only")
    void onCrash_whenRestartIsDefined_startsAnew(Server server) {
        RootTree root = RootTree.below(server.directory());
        root.script("once", "echo life >> /lives; [ $(wc -l < /lives) -ge 2 ] && exec sleep 1000000; exit 7\n");
        DomainXml.sleeping("c1", root)
                .running("/once")
                .with("<on_crash>restart</on_crash>")
                .start(server);

        Eventually.until(
                "a second life",
                SOON,
                () -> root.has("lives") && root.read("lives").lines().count() == 2);
        awaitState(server, "c1", "running");
    }

    @Case
    void reboot_whenTheGuestAsks_startsAnew(Server server) {
        RootTree root = RootTree.below(server.directory());
        root.script(
                "rebooter",
                "echo life >> /lives; [ $(wc -l < /lives) -ge 2 ] && exec sleep 1000000; sleep 0.5; reboot -f\n");
        DomainXml.sleeping("c1", root).running("/rebooter").start(server);

        Eventually.until(
                "a second life",
                SOON,
                () -> root.has("lives") && root.read("lives").lines().count() == 2);
        awaitState(server, "c1", "running");
    }

    @Case(notTheOracle = "it restarts whatever on_reboot says")
    void onReboot_whenDestroyIsDefined_staysOff(Server server) {
        DomainXml.sleeping(server, "c1")
                .shell("sleep 0.5; reboot -f")
                .with("<on_reboot>destroy</on_reboot>")
                .start(server);

        awaitState(server, "c1", "shut off");
    }

    @Case(notTheOracle = "it takes 1.8 s for each")
    void destroy_whenTimed_takesMilliseconds(Server server) {
        DomainXml.sleeping(server, "warm").create(server);
        server.virsh().ok("destroy", "warm");
        DomainXml.sleeping(server, "c1").create(server);

        Duration took = server.virsh().run("destroy", "c1").took();

        // With virsh's own start and a loaded machine; the exact figure is the benchmarks'.
        assertTrue(took.toMillis() < 1000, took.toString());
    }
}

package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.guest.DebianTree;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;
import java.time.Duration;

/** Whole systems as guests: Debian 12 and 13 with systemd, and Debian 12 with sysvinit, boot, reboot and shut down. */
class GuestInitsTest {
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final String WHY = "its mounts of this host's cgroups do not let a Debian boot";

    static final String MAPPED =
            "<idmap><uid start='0' target='%1$d' count='65536'/><gid start='0' target='%1$d' count='65536'/></idmap>"
                    .formatted(DebianTree.FIRST_ID);
    // systemd 256 and later run on cgroup v1 only if told to.
    private static final String ON_V1 = "<initarg>SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1</initarg>";

    private static RootTree debian(Server server, String name) {
        return DebianTree.copyTo(server.directory().resolve("debian-" + name));
    }

    @Case(notTheOracle = WHY)
    void systemd_whenStarted_bootsRebootsAndShutsDown(Server server) {
        RootTree root = debian(server, "systemd");
        noteBoots(root);

        live(server, root, DebianTree.SYSTEMD);
    }

    @Case(notTheOracle = WHY)
    void systemd_whenUsersAreMapped_bootsAndShutsDown(Server server) {
        RootTree root = debian(server, "mapped");
        noteBoots(root);

        bootOnce(server, DebianTree.shift(root), "", MAPPED);
    }

    @Case(notTheOracle = WHY)
    void systemd_whenItIsThatOfDebian13_bootsAndShutsDown(Server server) {
        RootTree root = DebianTree.copyTo(server.directory().resolve("trixie"), DebianTree.TRIXIE);
        noteBoots(root);

        bootOnce(server, root, ON_V1, "");
    }

    @Case(notTheOracle = WHY)
    void systemd_whenItIsThatOfDebian13AndUsersAreMapped_bootsAndShutsDown(Server server) {
        RootTree root = DebianTree.copyTo(server.directory().resolve("trixie-mapped"), DebianTree.TRIXIE);
        noteBoots(root);

        bootOnce(server, DebianTree.shift(root), ON_V1, MAPPED);
    }

    static void noteBoots(RootTree root) {
        root.file(
                "etc/systemd/system/said.service",
                """
                [Unit]
                After=multi-user.target
                [Service]
                Type=oneshot
                ExecStart=/bin/sh -c 'echo booted >> /boots'
                [Install]
                WantedBy=multi-user.target
                """);
        Command.of(
                        "ln",
                        "-s",
                        "/etc/systemd/system/said.service",
                        root.path()
                                .resolve("etc/systemd/system/multi-user.target.wants/said.service")
                                .toString())
                .run()
                .orFail();
    }

    @Case(notTheOracle = WHY)
    void sysvinit_whenStarted_bootsRebootsAndShutsDown(Server server) {
        RootTree root = debian(server, "sysvinit");
        // Only its own init and run levels; the rest of Debian's boot needs a whole machine.
        root.file(
                "etc/inittab",
                """
                id:2:initdefault:
                b2:2:once:/bin/sh -c 'echo booted >> /boots'
                l0:0:wait:/sbin/halt -d -f
                l6:6:wait:/sbin/reboot -d -f
                """);

        live(server, root, DebianTree.SYSVINIT);
    }

    private static void bootOnce(Server server, RootTree root, String os, String elements) {
        DomainXml.sleeping("guest", root)
                .running(DebianTree.SYSTEMD)
                .os(os)
                .with("<memory unit='MiB'>512</memory><features><privnet/></features>" + elements)
                .start(server);
        awaitBoots(root, 1);

        server.virsh().ok("shutdown", "guest");
        Eventually.see("it is off", BOOT, () -> server.virsh().ok("domstate", "guest"), "shut off"::equals);
        assertEquals("shut off (shutdown)", server.virsh().ok("domstate", "--reason", "guest"));
    }

    private static void live(Server server, RootTree root, String init) {
        DomainXml.sleeping("guest", root)
                .running(init)
                .with("<memory unit='MiB'>512</memory><features><privnet/></features>")
                .start(server);
        awaitBoots(root, 1);

        server.virsh().ok("reboot", "guest");
        awaitBoots(root, 2);

        server.virsh().ok("shutdown", "guest");
        Eventually.see("it is off", BOOT, () -> server.virsh().ok("domstate", "guest"), "shut off"::equals);
        assertEquals("shut off (shutdown)", server.virsh().ok("domstate", "--reason", "guest"));
    }

    private static void awaitBoots(RootTree root, long count) {
        Eventually.until(
                count + " boots",
                BOOT,
                () -> root.has("boots") && root.read("boots").lines().count() >= count);
    }
}

package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.guest.DebianTree;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;
import java.time.Duration;

/** Debian 12 and 13 with systemd as guests, with mapped users and without. Run on each layout of control groups. */
class SystemdCases {
    /** On another kernel a boot takes half a minute. */
    static final Duration BOOT = Duration.ofMinutes(3);

    static final String WHY = "its mounts of this host's cgroups do not let a Debian boot";

    static final String MAPPED =
            "<idmap><uid start='0' target='%1$d' count='65536'/><gid start='0' target='%1$d' count='65536'/></idmap>"
                    .formatted(DebianTree.FIRST_ID);
    // systemd 256 and later run on cgroup v1 only if told to.
    private static final String ON_V1 = "<initarg>SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1</initarg>";

    @Case(notTheOracle = WHY)
    void systemd_ofThisRelease_bootsAndShutsDown(Server server) {
        bootOnce(server, DebianTree.suite(), false, "");
    }

    @Case(notTheOracle = WHY)
    void systemd_whenUsersAreMapped_bootsAndShutsDown(Server server) {
        bootOnce(server, DebianTree.suite(), true, "");
    }

    @Case(notTheOracle = WHY)
    void systemd_ofDebian13_bootsAndShutsDown(Server server) {
        bootOnce(server, DebianTree.TRIXIE, false, ON_V1);
    }

    @Case(notTheOracle = WHY)
    void systemd_ofDebian13WhenUsersAreMapped_bootsAndShutsDown(Server server) {
        bootOnce(server, DebianTree.TRIXIE, true, ON_V1);
    }

    private static void bootOnce(Server server, String suite, boolean mapped, String os) {
        RootTree root = DebianTree.at(server.directory().resolve(suite + (mapped ? "-mapped" : "")), suite, mapped);
        try {
            noteBoots(root);
            DomainXml.sleeping("guest", root)
                    .running(DebianTree.SYSTEMD)
                    .os(os)
                    .with("<memory unit='MiB'>512</memory><features><privnet/></features>" + (mapped ? MAPPED : ""))
                    .start(server);
            awaitBoots(root, 1);
            awaitOff(server);
        } finally {
            DebianTree.release(root);
        }
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

    static void awaitOff(Server server) {
        server.virsh().ok("shutdown", "guest");
        Eventually.see("it is off", BOOT, () -> server.virsh().ok("domstate", "guest"), "shut off"::equals);
        assertEquals("shut off (shutdown)", server.virsh().ok("domstate", "--reason", "guest"));
    }

    static void awaitBoots(RootTree root, long count) {
        Eventually.until(
                count + " boots",
                BOOT,
                () -> root.has("boots") && root.read("boots").lines().count() >= count);
    }
}

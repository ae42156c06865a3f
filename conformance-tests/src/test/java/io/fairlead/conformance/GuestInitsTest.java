package io.fairlead.conformance;

import io.fairlead.conformance.guest.DebianTree;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;

/** Whole systems as guests: Debian with systemd, and with sysvinit, boots, reboots and shuts down. */
class GuestInitsTest extends SystemdCases {
    private static RootTree debian(Server server, String name) {
        return DebianTree.at(server.directory().resolve("debian-" + name));
    }

    @Case(notTheOracle = WHY)
    void systemd_whenStarted_bootsRebootsAndShutsDown(Server server) {
        RootTree root = debian(server, "systemd");
        noteBoots(root);

        live(server, root, DebianTree.SYSTEMD);
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

    private static void live(Server server, RootTree root, String init) {
        DomainXml.sleeping("guest", root)
                .running(init)
                .with("<memory unit='MiB'>512</memory><features><privnet/></features>")
                .start(server);
        awaitBoots(root, 1);

        server.virsh().ok("reboot", "guest");
        awaitBoots(root, 2);

        awaitOff(server);
    }
}

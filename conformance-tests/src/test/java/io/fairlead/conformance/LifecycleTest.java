package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import java.time.Duration;
import java.util.UUID;

/** Define, start, pause, stop, forget: the moves of a domain, and the refusal of the others. */
class LifecycleTest {
    @Case
    void define_whenNew_isShutOffAndPersistentAndHasAUuid(Server server) {
        Virsh virsh = server.virsh();

        DomainXml.sleeping(server, "c1").define(server);

        assertEquals("shut off", virsh.ok("domstate", "c1"));
        UUID.fromString(virsh.ok("domuuid", "c1"));
        assertTrue(virsh.ok("dominfo", "c1").contains("Persistent:     yes"));
    }

    @Case
    void start_whenDefined_runsUnderAnIdThatIsAProcess(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").start(server);

        assertEquals("running", virsh.ok("domstate", "c1"));
        assertTrue(Integer.parseInt(virsh.ok("domid", "c1")) > 1);
        assertTrue(virsh.refused("start", "c1").contains("Domain is already active"));
    }

    @Case
    void create_whenStopped_isForgotten(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").create(server);
        assertTrue(virsh.ok("dominfo", "c1").contains("Persistent:     no"));

        virsh.ok("destroy", "c1");

        assertTrue(virsh.refused("domstate", "c1").contains("failed to get domain 'c1'"));
        assertEquals("", virsh.ok("list", "--all", "--name"));
    }

    @Case
    void define_whenATransientOneRuns_makesItPersistent(Server server) {
        Virsh virsh = server.virsh();
        DomainXml xml = DomainXml.sleeping(server, "c1").withUuid(UUID.randomUUID());
        xml.create(server);

        xml.define(server);

        assertTrue(virsh.ok("dominfo", "c1").contains("Persistent:     yes"));
        virsh.ok("destroy", "c1");
        assertEquals("shut off", virsh.ok("domstate", "c1"));
    }

    @Case
    void undefine_whenRunning_leavesATransientOne(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").start(server);

        virsh.ok("undefine", "c1");

        assertTrue(virsh.ok("dominfo", "c1").contains("Persistent:     no"));
        virsh.ok("destroy", "c1");
        assertEquals("", virsh.ok("list", "--all", "--name"));
    }

    @Case
    void suspend_whenRunning_pausesUntilResume(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").create(server);

        virsh.ok("suspend", "c1");
        assertEquals("paused", virsh.ok("domstate", "c1"));
        virsh.ok("resume", "c1");

        assertEquals("running", virsh.ok("domstate", "c1"));
    }

    @Case
    void everyMove_whenTheDomainIsShutOff_isRefusedAsNotRunning(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").define(server);

        for (String move : new String[] {"destroy", "suspend", "resume", "shutdown", "reboot"}) {
            String refusal = virsh.refused(move, "c1");
            assertTrue(refusal.contains("domain is not running"), move + ": " + refusal);
        }
    }

    @Case
    void destroy_whenInitIgnoresSignals_killsIt(Server server) {
        Virsh virsh = server.virsh();
        DomainXml xml = DomainXml.sleeping(server, "c1").shell("trap '' TERM INT HUP PWR; while :; do sleep 1; done");
        xml.create(server);

        virsh.ok("destroy", "c1");

        assertEquals("", virsh.ok("list", "--all", "--name"));
    }

    @Case
    void define_whenTheNameIsTakenByAnotherUuid_saysSo(Server server) {
        Virsh virsh = server.virsh();
        UUID first = UUID.randomUUID();
        DomainXml.sleeping(server, "c1").withUuid(first).define(server);

        String refusal = virsh.refused(
                "define",
                DomainXml.sleeping(server, "c1").withUuid(UUID.randomUUID()).file(server.directory()));

        assertTrue(refusal.contains("operation failed: domain 'c1' already exists with uuid " + first), refusal);
    }

    @Case
    void define_whenTheUuidIsTakenByAnotherName_saysSo(Server server) {
        Virsh virsh = server.virsh();
        UUID uuid = UUID.randomUUID();
        DomainXml.sleeping(server, "c1").withUuid(uuid).define(server);

        String refusal = virsh.refused(
                "define", DomainXml.sleeping(server, "c2").withUuid(uuid).file(server.directory()));

        assertTrue(refusal.contains("operation failed: domain 'c1' is already defined with uuid " + uuid), refusal);
    }

    @Case
    void create_whenARunningOneHasTheUuid_saysSo(Server server) {
        Virsh virsh = server.virsh();
        DomainXml xml = DomainXml.sleeping(server, "c1").withUuid(UUID.randomUUID());
        xml.create(server);

        String refusal = virsh.refused("create", xml.file(server.directory()));

        assertTrue(refusal.contains("Requested operation is not valid: domain 'c1' is already active"), refusal);
    }

    @Case
    void autostart_whenSwitched_isRemembered(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").define(server);

        virsh.ok("autostart", "c1");
        assertEquals("c1", virsh.ok("list", "--all", "--autostart", "--name"));
        virsh.ok("autostart", "--disable", "c1");

        assertEquals("", virsh.ok("list", "--all", "--autostart", "--name"));
    }

    @Case
    void autodestroy_whenTheClientLeaves_endsTheDomain(Server server) {
        Virsh virsh = server.virsh();

        virsh.ok("create", "--autodestroy", DomainXml.sleeping(server, "c1").file(server.directory()));

        Eventually.until("the domain is gone", Duration.ofSeconds(10), () -> virsh.ok("list", "--all", "--name")
                .isEmpty());
    }

    @Case(notTheOracle = "it cannot rename")
    void rename_whenShutOff_keepsTheUuid(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").define(server);
        String uuid = virsh.ok("domuuid", "c1");

        virsh.ok("domrename", "c1", "c2");

        assertEquals(uuid, virsh.ok("domuuid", "c2"));
        assertEquals("c2", virsh.ok("list", "--all", "--name"));
        assertTrue(virsh.ok("dumpxml", "c2").contains("<name>c2</name>"));
    }

    @Case(notTheOracle = "it cannot rename")
    void rename_whenRunningOrTaken_isRefused(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").start(server);
        DomainXml.sleeping(server, "c2").define(server);

        assertTrue(virsh.refused("domrename", "c1", "c3").contains("Requested operation is not valid"));
        assertTrue(virsh.refused("domrename", "c2", "c1").contains("already exists"));
        assertEquals("c1\nc2", virsh.ok("list", "--all", "--name"));
    }

    @Case(notTheOracle = "it cannot reset")
    void reset_whenRunning_startsInitAnew(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").start(server);
        String before = virsh.ok("domid", "c1");

        virsh.ok("reset", "c1");

        String after = Eventually.see(
                "another init",
                Duration.ofSeconds(5),
                () -> virsh.ok("domid", "c1"),
                id -> !id.equals(before) && !id.equals("-"));
        assertTrue(Integer.parseInt(after) > 1);
        assertEquals("running", virsh.ok("domstate", "c1"));
    }

    @Case
    void start_whenPaused_waitsForResume(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").define(server);
        if (server.isOracle()) {
            // libvirt's own driver knows no paused start and says so.
            assertTrue(virsh.refused("start", "--paused", "c1").contains("unsupported flags"));
            return;
        }

        virsh.ok("start", "--paused", "c1");

        assertEquals("paused", virsh.ok("domstate", "c1"));
        virsh.ok("resume", "c1");
        assertEquals("running", virsh.ok("domstate", "c1"));
    }

    /** Between the end of a container and its report to clients. */
    @Case
    void info_whileContainersEnd_isNeverRefused(Server server) {
        for (int n = 0; n < 10; n++) {
            DomainXml.sleeping(server, "short" + n).shell("sleep 0.3").define(server);
        }
        String script =
                """
                import libvirt, sys
                connection = libvirt.open(sys.argv[1])
                domains = connection.listAllDomains()
                for domain in domains:
                    domain.create()
                looks = 0
                while any([domain.info()[0] != libvirt.VIR_DOMAIN_SHUTOFF for domain in domains]):
                    looks += 1
                print(looks)
                """;
        String looks = io.fairlead.conformance.client.Command.of("/usr/bin/python3", "-c", script, server.uri())
                .run()
                .orFail();
        assertTrue(Integer.parseInt(looks.strip()) > 0, looks);
    }
}

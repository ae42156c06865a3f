package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The daemon's answers about the host and itself. */
class HostTest {

    @Case
    void version_whenAsked_namesLibraryHypervisorAndDaemon(Server server) {
        String said = server.virsh().ok("version", "--daemon");

        assertTrue(said.contains("Using API: LXC"), said);
        assertTrue(said.contains("Running hypervisor: LXC"), said);
        assertTrue(said.contains("Running against daemon:"), said);
    }

    @Case
    void capabilities_whenValidated_areLibvirtsOwnGrammar(Server server) throws IOException {
        String xml = server.virsh().ok("capabilities");
        Path file = Files.writeString(Files.createTempFile(server.directory(), "caps-", ".xml"), xml);

        Outcome outcome =
                Command.of("virt-xml-validate", file.toString(), "capability").run();

        assertEquals(0, outcome.exit(), outcome + xml);
        assertTrue(xml.contains("<os_type>exe</os_type>"), xml);
        assertTrue(xml.contains("<arch name='x86_64'>"), xml);
        assertTrue(xml.contains("<domain type='lxc'"), xml);
    }

    @Case(notTheOracle = "it has no domain capabilities")
    void domainCapabilities_whenValidated_areLibvirtsOwnGrammar(Server server) throws IOException {
        String xml = server.virsh().ok("domcapabilities");
        Path file = Files.writeString(Files.createTempFile(server.directory(), "domcaps-", ".xml"), xml);

        // virt-xml-validate of 9.0 does not know this document; the grammar is installed beside the others.
        Outcome outcome = Command.of(
                        "xmllint", "--noout", "--relaxng", "/usr/share/libvirt/schemas/domaincaps.rng", file.toString())
                .run();

        assertEquals(0, outcome.exit(), outcome + xml);
        assertTrue(xml.contains("<domain>lxc</domain>"), xml);
        assertTrue(xml.contains("<vcpu max="), xml);
    }

    @Case
    void nodeinfo_whenAsked_isWhatTheKernelSays(Server server) {
        String said = server.virsh().ok("nodeinfo");

        assertTrue(said.matches("(?s).*CPU model:\\s+x86_64\\n.*"), said);
        int cpus = Runtime.getRuntime().availableProcessors();
        assertTrue(said.matches("(?s).*CPU\\(s\\):\\s+" + cpus + "\\n.*"), said);
        assertTrue(said.matches("(?s).*Memory size:\\s+\\d{6,} KiB.*"), said);
    }

    @Case
    void nodeTables_whenAsked_areThere(Server server) {
        Virsh virsh = server.virsh();

        assertTrue(virsh.ok("nodecpumap").contains("CPU map:"));
        assertTrue(virsh.ok("nodecpustats").contains("idle:"));
        assertTrue(virsh.ok("nodememstats").matches("(?s)total\\s*:\\s+\\d+ KiB.*"));
        assertTrue(virsh.ok("freecell").matches("Total: \\d+ KiB"));
        assertTrue(virsh.ok("hostname").length() > 0);
    }

    @Case(notTheOracle = "it offers no maximum, no vcpu list, no control, job or message calls")
    void domainFacts_whenAsked_areTrueNumbers(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").with("<vcpu>2</vcpu>").start(server);

        assertTrue(
                Integer.parseInt(virsh.ok("maxvcpus")) >= Runtime.getRuntime().availableProcessors());
        assertTrue(virsh.ok("vcpucount", "c1", "--maximum", "--config").matches("2"));
        assertTrue(virsh.ok("vcpuinfo", "c1").contains("State:          running"));
        assertTrue(virsh.ok("domcontrol", "c1").startsWith("ok"));
        assertTrue(virsh.ok("domjobinfo", "c1").matches("Job type:\\s+None"));
        assertTrue(virsh.ok("domfsinfo", "c1").contains("/"));
    }

    @Case
    void dominfo_whenRunning_hasTheLinesToolsRead(Server server) {
        DomainXml.sleeping(server, "c1").start(server);

        String said = server.virsh().ok("dominfo", "c1");

        for (String line : new String[] {
            "OS Type:        exe", "State:          running", "CPU(s):         1", "Max memory:     65536 KiB",
            "Persistent:     yes", "Autostart:      disable", "Managed save:   no", "Security model: none"
        }) {
            assertTrue(said.contains(line), line + " in " + said);
        }
        assertTrue(said.matches("(?s).*Used memory:\\s+\\d+ KiB.*"), said);
        assertTrue(said.matches("(?s).*CPU time:\\s+[\\d.]+s.*"), said);
    }
}

package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Definitions: they come out as they went in, in the views clients ask for, and can be changed piece by piece. */
class EditTest {

    @Case
    void desc_whenSetLiveAndInConfig_eachViewHasItsOwn(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").start(server);

        virsh.ok("desc", "c1", "--live", "now");
        virsh.ok("desc", "c1", "--config", "later");
        virsh.ok("desc", "c1", "--title", "--config", "A title");

        assertEquals("now", virsh.ok("desc", "c1", "--live"));
        assertEquals("later", virsh.ok("desc", "c1", "--config"));
        assertTrue(virsh.ok("dumpxml", "c1").contains("<description>now</description>"));
        assertTrue(virsh.ok("dumpxml", "--inactive", "c1").contains("<description>later</description>"));
        assertTrue(virsh.ok("dumpxml", "--inactive", "c1").contains("<title>A title</title>"));
        assertFalse(virsh.ok("dumpxml", "c1").contains("<title>"));
    }

    @Case
    void metadata_whenSet_comesBackUntilRemoved(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").define(server);
        String space = "http://example.org/app";

        virsh.ok("metadata", "c1", space, "--key", "app", "--set", "<owner name='us'><!-- kept --><x/></owner>");

        assertEquals(
                "<owner name=\"us\"><!-- kept --><x/></owner>",
                virsh.ok("metadata", "c1", space).replace('\'', '"').replaceAll(">\\s+<", "><"));
        assertTrue(
                virsh.ok("dumpxml", "c1").contains("<app:owner xmlns:app=\"" + space + "\" name=\"us\">"),
                virsh.ok("dumpxml", "c1"));
        virsh.ok("metadata", "c1", space, "--remove");
        assertTrue(virsh.refused("metadata", "c1", space)
                .contains("metadata not found: Requested metadata element is not present"));
        assertFalse(virsh.ok("dumpxml", "c1").contains(space));
    }

    @Case
    void dumpxml_whenLiveOrInactive_differsAsClientsExpect(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").start(server);

        String live = virsh.ok("dumpxml", "c1");
        String inactive = virsh.ok("dumpxml", "--inactive", "c1");

        assertTrue(live.startsWith("<domain type='lxc' id='" + virsh.ok("domid", "c1") + "'>"), live);
        assertTrue(inactive.startsWith("<domain type='lxc'>"), inactive);
        assertTrue(
                live.matches(
                        "(?s).*<console type='pty'( tty='/dev/pts/\\d+')?>\\s*(<source path='/dev/pts/\\d+'/>\\s*)?"
                                + "<target type='lxc' port='0'/>\\s*<alias name='console0'/>\\s*</console>.*"),
                live);
        assertTrue(
                inactive.matches("(?s).*<console type='pty'>\\s*<target type='lxc' port='0'/>\\s*</console>.*"),
                inactive);
        for (String xml : new String[] {live, inactive}) {
            assertTrue(xml.contains("<memory unit='KiB'>65536</memory>"), xml);
            assertTrue(xml.contains("<currentMemory unit='KiB'>65536</currentMemory>"), xml);
            assertTrue(xml.contains("<vcpu placement='static'>1</vcpu>"), xml);
            assertTrue(xml.contains("<type arch='x86_64'>exe</type>"), xml);
            assertTrue(xml.contains("<clock offset='utc'/>"), xml);
            assertTrue(xml.contains("<on_poweroff>destroy</on_poweroff>"), xml);
            assertTrue(xml.contains("<on_reboot>restart</on_reboot>"), xml);
            assertTrue(xml.contains("<on_crash>destroy</on_crash>"), xml);
            assertTrue(xml.contains("<filesystem type='mount' accessmode='passthrough'>"), xml);
            assertTrue(xml.contains("<emulator>"), xml);
        }
        assertTrue(live.contains("<partition>/machine</partition>"), live);
    }

    @Case
    void dumpxml_whenAskedForAPath_printsThatPart(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").define(server);

        assertEquals("<name>c1</name>", virsh.ok("dumpxml", "c1", "--xpath", "/domain/name"));
        assertTrue(virsh.ok("dumpxml", "c1", "--migratable").contains("<name>c1</name>"));
        assertTrue(virsh.ok("dumpxml", "c1", "--security-info").contains("<name>c1</name>"));
    }

    @Case
    void dumpxml_whenDefinedAgain_isTheSameText(Server server) throws IOException {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1")
                .with("<title>t</title><description>d &amp; e</description>")
                .with("<metadata><o:own xmlns:o='http://example.org/own'>text<o:in/></o:own></metadata>")
                .with("<memory unit='MiB'>96</memory><currentMemory unit='KiB'>81920</currentMemory>")
                .with("<vcpu cpuset='0'>1</vcpu><cputune><shares>512</shares></cputune>")
                .with(
                        "<features><privnet/><capabilities policy='default'><mknod state='on'/></capabilities></features>")
                .with(
                        "<idmap><uid start='0' target='100000' count='65536'/><gid start='0' target='100000' count='65536'/></idmap>")
                .os("<initenv name='A'>b c</initenv><initdir>/tmp</initdir><inituser>guest</inituser>")
                .device("<filesystem type='ram'><source usage='1024' units='KiB'/><target dir='/mnt'/></filesystem>")
                .define(server);
        String first = virsh.ok("dumpxml", "c1");
        Path file = Files.writeString(Files.createTempFile(server.directory(), "again-", ".xml"), first);

        virsh.ok("define", file.toString());

        assertEquals(first, virsh.ok("dumpxml", "c1"));
        assertTrue(first.contains("<shares>512</shares>"), first);
        assertTrue(first.contains("http://example.org/own"), first);
    }

    @Case
    void dumpxml_whenValidated_isLibvirtsOwnGrammar(Server server) throws IOException {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").start(server);
        for (String[] view : new String[][] {{"dumpxml", "c1"}, {"dumpxml", "--inactive", "c1"}}) {
            Path file = Files.writeString(Files.createTempFile(server.directory(), "valid-", ".xml"), virsh.ok(view));

            Outcome outcome =
                    Command.of("virt-xml-validate", file.toString(), "domain").run();

            assertEquals(0, outcome.exit(), outcome.toString());
        }
    }

    @Case
    void define_whenAskedToValidate_refusesWhatTheGrammarDoesNotKnow(Server server) {
        Virsh virsh = server.virsh();
        virsh.ok("define", "--validate", DomainXml.sleeping(server, "good").file(server.directory()));

        String bad = DomainXml.sleeping(server, "bad").with("<nonsense/>").file(server.directory());

        String refusal = virsh.refused("define", "--validate", bad);
        assertTrue(refusal.contains("XML document failed to validate against schema"), refusal);
        virsh.ok("define", bad);
    }

    @Case
    void nativeConfig_whenConverted_becomesADefinition(Server server) {
        String config = server.directory().resolve("native.conf").toString();
        write(
                config,
                """
                lxc.uts.name = fromnative
                lxc.rootfs.path = /srv/tree
                lxc.cgroup.memory.limit_in_bytes = 134217728
                lxc.net.0.type = none
                lxc.cap.drop = sys_module
                """);

        String xml = server.virsh().ok("domxml-from-native", "lxc-tools", config);

        assertTrue(xml.contains("<name>fromnative</name>"), xml);
        assertTrue(xml.contains("<memory unit='KiB'>131072</memory>"), xml);
        assertTrue(xml.contains("<source dir='/srv/tree'/>"), xml);
        assertTrue(xml.contains("<type>exe</type>"), xml); // without lxc.arch, whoever defines it chooses
        assertTrue(xml.contains("<sys_module state='off'/>"), xml);
    }

    @Case(notTheOracle = "it converts from native only")
    void nativeConfig_whenConvertedBack_namesTheSameThings(Server server) {
        DomainXml xml = DomainXml.sleeping(server, "c1").define(server);

        String config = server.virsh().ok("domxml-to-native", "lxc-tools", "--domain", "c1");

        assertTrue(config.contains("lxc.uts.name = c1"), config);
        assertTrue(config.contains("lxc.init.cmd = /bin/sleep 1000000"), config);
        assertTrue(
                xml.rootElement()
                        .contains(config.lines()
                                .filter(line -> line.startsWith("lxc.rootfs.path = "))
                                .findFirst()
                                .orElseThrow()
                                .replaceFirst(".*= (dir:)?", "")),
                config);
    }

    @Case(notTheOracle = "it has no lifecycle action call")
    void lifecycleAction_whenSet_showsInTheDefinition(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").define(server);

        virsh.ok("set-lifecycle-action", "c1", "poweroff", "restart", "--config");
        virsh.ok("set-lifecycle-action", "c1", "crash", "restart", "--config");

        String xml = virsh.ok("dumpxml", "c1");
        assertTrue(xml.contains("<on_poweroff>restart</on_poweroff>"), xml);
        assertTrue(xml.contains("<on_crash>restart</on_crash>"), xml);
    }

    private static void write(String file, String text) {
        try {
            Files.writeString(Path.of(file), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The family of snapshot commands, on a domain that is off. */
@SuppressWarnings("try") // a pool is had, not used
class SnapshotTest {
    private static final String ON_ROOT =
            "<filesystem type='volume'><source pool='p' volume='root'/><target dir='/'/></filesystem>";

    /** A domain {@code test}, as libvirt's test driver has one, with an empty root: nothing here starts it. */
    static TestPool prepared(Server server) {
        TestPool pool = TestPool.start(server, TestPool.Kind.FOLDER, "p");
        server.virsh().ok("vol-create-as", "p", "root", "0", "--format", "dir");
        new DomainXml("test", "", ON_ROOT, "<console type='pty'/>", "", "", "")
                .running("/bin/sh")
                .define(server);
        return pool;
    }

    static void done(Server server) {
        server.virsh().ok("undefine", "test", "--snapshots-metadata");
    }

    /** The answers of both to the same commands: libvirt's test driver has snapshots, of nothing. */
    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void commands_sayWhatLibvirtsTestDriverSays(Server server) throws IOException {
        try (TestPool pool = prepared(server)) {
            String script = String.join(
                    "\n",
                    "destroy test",
                    "snapshot-create-as test s1 first",
                    "snapshot-create-as test s1",
                    "snapshot-create-as test s2",
                    "snapshot-create-as test s3",
                    "snapshot-list test --tree",
                    "snapshot-list test --name --roots",
                    "snapshot-list test --name --leaves",
                    "snapshot-list test --name --no-leaves",
                    "snapshot-list test --name --inactive",
                    "snapshot-list test --name --active",
                    "snapshot-list test --name --internal",
                    "snapshot-list test --name --external",
                    "snapshot-list test --name --topological",
                    "snapshot-list test --name --from s1",
                    "snapshot-list test --name --from s1 --descendants",
                    "snapshot-list test --name --current",
                    "list --all --name --with-snapshot",
                    "list --all --name --without-snapshot",
                    "snapshot-info test s2",
                    "snapshot-info test --current",
                    "snapshot-current test --name",
                    "snapshot-parent test s2",
                    "snapshot-parent test s1",
                    "snapshot-parent test --current",
                    "snapshot-dumpxml test nope",
                    "snapshot-revert test nope",
                    "snapshot-delete test nope",
                    "snapshot-revert test s1",
                    "snapshot-current test --name",
                    "snapshot-create-as test s4",
                    "snapshot-list test --tree",
                    "snapshot-delete test s2",
                    "snapshot-list test --tree",
                    "snapshot-delete test s1 --children-only",
                    "snapshot-list test --name",
                    "snapshot-current test --name",
                    "undefine test",
                    "snapshot-delete test s1 --children",
                    "snapshot-list test --name",
                    "snapshot-current test --name",
                    "");
            assertEquals(said("test:///default", script), said(server.uri(), script));
            done(server);
        }
    }

    /** Without times, and without words that only name the program. */
    private static String said(String uri, String script) {
        Outcome outcome = Command.of("virsh", "-q", "-c", uri).typing(script).run();
        // Our domain is off by then already; the test driver's was running.
        return (outcome.out() + outcome.err())
                .lines()
                .filter(line -> !line.isBlank() && !line.contains("destroy") && !line.contains("domain is not running"))
                .reduce("", (all, line) -> all + line.stripTrailing() + "\n");
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void dumpxml_isWhatLibvirtPrintsAndCanBeDefinedAgain(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (TestPool pool = prepared(server)) {
            virsh.ok("snapshot-create-as", "test", "s1", "it's first");
            virsh.ok("snapshot-create-as", "test", "s2");
            String xml = virsh.ok("snapshot-dumpxml", "test", "s2");
            String path = virsh.ok("vol-path", "root", "--pool", "p");
            assertTrue(
                    xml.replaceAll("<creationTime>\\d{10}<", "<creationTime>N<")
                            .startsWith(
                                    """
                                    <domainsnapshot>
                                      <name>s2</name>
                                      <state>shutoff</state>
                                      <parent>
                                        <name>s1</name>
                                      </parent>
                                      <creationTime>N</creationTime>
                                      <memory snapshot='no'/>
                                      <disks>
                                        <disk name='%s' snapshot='internal'/>
                                      </disks>
                                      <domain type='lxc'>
                                        <name>test</name>
                                    """
                                            .formatted(path)),
                    xml);
            String file = file(server, xml);
            virsh.ok("snapshot-delete", "test", "s2", "--metadata");
            assertEquals("s1", virsh.ok("snapshot-list", "test", "--name"));
            virsh.ok("snapshot-create", "test", file, "--redefine", "--current", "--validate");
            assertEquals(xml, virsh.ok("snapshot-dumpxml", "test", "s2"));
            assertEquals("s2", virsh.ok("snapshot-current", "test", "--name"));
            virsh.ok("snapshot-revert", "test", "s2");

            String circle = virsh.ok("snapshot-dumpxml", "test", "s1")
                    .replace("<state>", "<parent><name>s2</name></parent><state>");
            assertTrue(virsh.refused("snapshot-create", "test", file(server, circle), "--redefine")
                    .contains("parent s2 would create cycle to s1"));
            done(server);
        }
    }

    static String file(Server server, String xml) throws IOException {
        Path file = Files.createTempFile(server.directory(), "snapshot-", ".xml");
        return Files.writeString(file, xml).toString();
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void create_ofWhatCannotBeKept_isRefusedByItsName(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (TestPool pool = prepared(server)) {
            new DomainXml("test", "", ON_ROOT, "<console type='pty'/>", "", "", "")
                    .running("/bin/sh")
                    .withUuid(java.util.UUID.fromString(virsh.ok("domuuid", "test")))
                    .device("<filesystem type='mount'><source dir='/srv'/><target dir='/srv'/></filesystem>")
                    .define(server);
            assertTrue(virsh.refused("snapshot-create", "test")
                    .contains("filesystem '/srv' is no volume of a storage pool"));
            virsh.ok("snapshot-create-as", "test", "s1", "--diskspec", "/srv,snapshot=no");
            for (String[] refused : List.of(
                    new String[] {"--memspec", "/x"},
                    new String[] {"--no-metadata"},
                    new String[] {"--diskspec", "nope,snapshot=no"},
                    new String[] {"--diskspec", "/,snapshot=external,file=/x"})) {
                String[] words = new String[3 + refused.length];
                words[0] = "snapshot-create-as";
                words[1] = "test";
                words[2] = "s2";
                System.arraycopy(refused, 0, words, 3, refused.length);
                String why = virsh.refused(words);
                assertTrue(why.matches("(?s).*(unsupported|no disk named 'nope').*"), why);
            }
            assertEquals("s1", virsh.ok("snapshot-list", "test", "--name"));
            done(server);
        }
    }

    /** As docs/storage.md says. */
    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void snapshots_ofADomainThatIsDefinedAnew_canBeRedefined(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (TestPool pool = prepared(server)) {
            virsh.ok("snapshot-create-as", "test", "s1");
            virsh.ok("snapshot-create-as", "test", "s2");
            String domain = file(server, virsh.ok("dumpxml", "test"));
            String first = file(server, virsh.ok("snapshot-dumpxml", "test", "s1", "--security-info"));
            String second = file(server, virsh.ok("snapshot-dumpxml", "test", "s2", "--security-info"));
            virsh.ok("undefine", "test", "--snapshots-metadata");
            assertTrue(virsh.refused("vol-delete", "root", "p").contains("volume 'root' has 2 snapshots"));

            virsh.ok("define", domain);
            assertEquals("", virsh.ok("snapshot-list", "test", "--name"));
            virsh.ok("snapshot-create", "test", first, "--redefine");
            virsh.ok("snapshot-create", "test", second, "--redefine", "--current");
            assertEquals("s1", virsh.ok("snapshot-parent", "test", "--current"));
            virsh.ok("snapshot-revert", "test", "s1");
            done(server);
            virsh.ok("vol-delete", "root", "p", "--delete-snapshots");
        }
    }
}

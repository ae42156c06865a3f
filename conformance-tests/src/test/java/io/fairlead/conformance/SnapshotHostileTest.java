package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.LoopDisk;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Snapshots and containers on volumes with wrong names, missing or misused volumes, full pools and planted links. */
@SuppressWarnings("try") // a pool is had, not used
class SnapshotHostileTest {
    private static final String DATA =
            "<filesystem type='volume'><source pool='p' volume='data'/><target dir='/srv/data'/></filesystem>";

    private static String disk(String volume, String target) {
        return "<disk type='volume' device='disk'><source pool='p' volume='%s'/><target dev='%s'/></disk>"
                .formatted(volume, target);
    }

    private static DomainXml on(String root, String devices) {
        return new DomainXml("d", "", root, "<console type='pty'/>", "", devices, "").running("/bin/sleep", "1000000");
    }

    private static String xml(Server server, String name) throws IOException {
        return SnapshotTest.file(server, "<domainsnapshot><name>%s</name></domainsnapshot>".formatted(name));
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void names_whenOdd_areTakenOrRefusedClearly(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (TestPool pool = SnapshotTest.prepared(server)) {
            for (String name : List.of("a/b", "../../etc/passwd", ".", "-x", "ein Ärger &amp; €", "n".repeat(255))) {
                String shown = name.replace("&amp;", "&");
                virsh.ok("snapshot-create", "test", xml(server, name));
                assertEquals(shown, virsh.ok("snapshot-current", "test", "--name"));
                virsh.ok("snapshot-revert", "test", "--snapshotname", shown);
                virsh.ok("snapshot-delete", "test", "--snapshotname", shown);
            }
            assertTrue(virsh.refused("snapshot-create", "test", xml(server, "two\nlines"))
                    .contains("snapshot name holds a control character"));
            assertTrue(virsh.refused("snapshot-create", "test", xml(server, "n".repeat(300)))
                    .contains("snapshot name is longer than 255 characters"));
            assertEquals("", virsh.ok("snapshot-list", "test", "--name"));
            try (Stream<Path> records = Files.list(server.directory().resolve("state/snapshots"))) {
                assertEquals(List.of(), records.toList());
            }
            SnapshotTest.done(server);
        }
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void domains_thatNameWhatIsNotThere_areRefusedByItsName(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, TestPool.Kind.FOLDER, "p")) {
            virsh.ok("vol-create-as", "p", "root", "0", "--format", "dir");
            virsh.ok("vol-create-as", "p", "data", "1M");
            on(VolumeCases.ON_ROOT.replace("pool='p'", "pool='nope'"), "").define(server);
            assertTrue(virsh.refused("start", "d")
                    .contains("Storage pool not found: no storage pool with matching name 'nope'"));
            assertTrue(virsh.refused("snapshot-create", "d").contains("no storage pool with matching name 'nope'"));
            virsh.ok("undefine", "d");

            on(VolumeCases.ON_ROOT.replace("'root'", "'nope'"), "").define(server);
            assertTrue(virsh.refused("start", "d")
                    .contains("Storage volume not found: no storage vol with matching name 'nope'"));
            assertTrue(virsh.refused("snapshot-create", "d").contains("no storage vol with matching name 'nope'"));
            virsh.ok("undefine", "d");

            assertRefusedAtStart(server, disk("root", "vda"), "disk 'vda' on a tree of files, p/root");
            assertRefusedAtStart(
                    server, disk("data", "vda") + disk("data", "vdb"), "volume p/data is a file, and used");
            assertRefusedAtStart(server, DATA + DATA.replace("/srv/data", "/b"), "volume p/data is a file, and used");
            // After all these refusals no guest holds the volumes.
            virsh.ok("vol-delete", "root", "p");
            virsh.ok("vol-delete", "data", "p");
            virsh.ok("pool-destroy", "p");
        }
    }

    private static void assertRefusedAtStart(Server server, String devices, String why) {
        on(VolumeCases.ON_ROOT, devices).define(server);
        String refusal = server.virsh().refused("start", "d");
        assertTrue(refusal.contains(why), refusal);
        server.virsh().ok("undefine", "d");
    }

    /** The container must go on writing its counter: it is not left frozen. */
    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void create_whenThePoolIsTooFull_losesNothingAndLetsTheContainerGoOn(Server server) {
        Virsh virsh = server.virsh();
        try (LoopDisk small = LoopDisk.make(server.directory(), 64L << 20)) {
            String target = server.directory().resolve("pool-p").toString();
            virsh.ok(
                    "pool-define-as",
                    "p",
                    "fs",
                    "--source-dev",
                    small.node(),
                    "--source-format",
                    "ext4",
                    "--target",
                    target);
            virsh.ok("pool-build", "p", "--overwrite");
            virsh.ok("pool-start", "p");
            VolumeCases.makeRoot(server, "root");
            VolumeCases.counting("d").start(server);
            VolumeCases.inside(server, "d", "dd if=/dev/urandom of=/big bs=1M count=30 conv=fsync 2>/dev/null");
            int before = VolumeCases.count(server, "d");

            String refusal = virsh.refused("snapshot-create-as", "d", "s1");
            assertTrue(refusal.contains("No space left on device"), refusal);

            assertEquals("running", virsh.ok("domstate", "d"));
            VolumeCases.awaitCount(server, "d", before + 5);
            assertEquals("", virsh.ok("snapshot-list", "d", "--name"));
            assertEquals(
                    Integer.toString(30 << 20),
                    VolumeCases.inside(server, "d", "stat -c %s /big").strip());
            VolumeCases.inside(server, "d", "rm /big");
            virsh.ok("snapshot-create-as", "d", "s1");
            virsh.ok("snapshot-revert", "d", "s1");
            virsh.ok("snapshot-delete", "d", "s1");
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
            virsh.ok("vol-delete", "root", "p");
            virsh.ok("pool-destroy", "p");
            virsh.ok("pool-undefine", "p");
        }
    }

    /** The container puts links to a folder of the host in every place of its tree that the daemon works on. */
    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void links_plantedInTheTree_leadNowhere(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path canary = Files.createDirectory(server.directory().resolve("canary"));
        try (TestPool pool = TestPool.start(server, TestPool.Kind.FOLDER, "p")) {
            VolumeCases.makeRoot(server, "root");
            VolumeCases.makeFileSystem(server, "data");
            on(VolumeCases.ON_ROOT, DATA).start(server);
            VolumeCases.inside(server, "d", "echo one > /srv/data/file");
            // A mount goes with the folder above it; then nothing is left at the path to freeze.
            VolumeCases.inside(
                    server,
                    "d",
                    "mv /srv /elsewhere && ln -s %1$s /srv && rm -r /etc /var && ln -s %1$s /etc && ln -s %1$s /var && ln -s / /loop"
                            .formatted(canary));
            virsh.ok("snapshot-create-as", "d", "s1");
            Files.writeString(canary.resolve("can be written"), "x");
            VolumeCases.inside(server, "d", "echo two > /elsewhere/data/file");
            // The runtime finds no place for the mount any more, since the link leads nowhere within the tree.
            String refusal = virsh.refused("snapshot-revert", "d", "s1");
            assertTrue(refusal.contains("cannot start domain d"), refusal);
            assertEquals("shut off", virsh.ok("domstate", "d"));
            assertEquals("s1", virsh.ok("snapshot-current", "d", "--name"));
            virsh.ok("snapshot-delete", "d", "s1");
            virsh.ok("undefine", "d");
            virsh.ok("vol-delete", "root", "p");
            virsh.ok("vol-delete", "data", "p");
        }
        try (Stream<Path> all = Files.list(canary)) {
            assertEquals(
                    List.of("can be written"),
                    all.map(path -> path.getFileName().toString()).toList());
        }
        assertFalse(Files.exists(canary.resolve("data")));
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void revert_whileAnotherContainerUsesTheVolume_isRefusedAndStopsNothing(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, TestPool.Kind.FOLDER, "p")) {
            VolumeCases.makeRoot(server, "root");
            VolumeCases.counting("d").start(server);
            VolumeCases.sleeping("other").start(server);
            virsh.ok("snapshot-create-as", "d", "s1");
            String id = virsh.ok("domid", "d");
            assertTrue(virsh.refused("snapshot-revert", "d", "s1").contains("volume 'root' is in use"));
            assertEquals(id, virsh.ok("domid", "d"));
            virsh.ok("destroy", "other");
            virsh.ok("snapshot-revert", "d", "s1");
            virsh.ok("snapshot-delete", "d", "s1");
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
            virsh.ok("undefine", "other");
        }
    }
}

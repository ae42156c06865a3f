package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Scratch;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Containers on volumes of a pool, and their snapshots, on any type of pool. Volumes are filled and read by containers,
 * as a client would do it: not every pool shows its trees to the host.
 */
@SuppressWarnings("try") // a pool is had, not used
abstract class VolumeCases {
    static final String NOT_THERE = "libvirt's own driver has neither volumes nor snapshots of containers";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    static final String ON_ROOT =
            "<filesystem type='volume'><source pool='p' volume='root'/><target dir='/'/></filesystem>";

    protected abstract TestPool.Kind kind();

    private TestPool pool(Server server) {
        return TestPool.start(server, kind(), "p");
    }

    /** A tree with a busybox in it, copied there by a container that has both. */
    static void makeRoot(Server server, String volume) {
        server.virsh().ok("vol-create-as", "p", volume, "0", "--format", "dir");
        RootTree tools = RootTree.below(server.directory());
        run(
                server,
                tools,
                "cp -a /bin /sbin /etc /root /tmp /var /v/ && cd /v && mkdir proc sys dev run mnt data",
                "<filesystem type='volume'><source pool='p' volume='%s'/><target dir='/v'/></filesystem>"
                        .formatted(volume));
        tools.delete();
    }

    /** A file of 32 MiB with an ext4 in it. */
    static void makeFileSystem(Server server, String volume) {
        makeFileSystem(server, volume, 32, "ext4");
    }

    /** @param type and options of its mkfs */
    static void makeFileSystem(Server server, String volume, int mebibytes, String type, String... options) {
        String size = mebibytes + "M";
        Path image = server.directory().resolve("image");
        Command.of("truncate", "-s", size, image.toString()).run().orFail();
        List<String> mkfs = new ArrayList<>(List.of("mkfs." + type, "-q"));
        mkfs.addAll(List.of(options));
        mkfs.add(image.toString());
        Command.of(mkfs).run().orFail();
        server.virsh().ok("vol-create-as", "p", volume, size, "--allocation", "0");
        server.virsh().ok("vol-upload", volume, image.toString(), "--pool", "p");
        Scratch.delete(image);
    }

    /** Runs a script to its end in a container of that root with more devices; returns its output. */
    private static String run(Server server, RootTree tools, String script, String devices) {
        tools.script("job", "{ " + script + "\n} > /answer.part 2>&1 && mv /answer.part /answer\n");
        new DomainXml("job", "", "", "<console type='pty'/>", "", devices, "")
                .on(tools)
                .running("/job")
                .create(server);
        Eventually.until(
                "the job is done",
                LIMIT,
                () -> server.virsh().run("domstate", "job").exit() != 0);
        assertTrue(tools.has("answer"), () -> "the job failed: " + tools.read("answer.part"));
        return tools.read("answer").strip();
    }

    /** The content of a file on a volume, read by a container of its own. */
    static String read(Server server, String volume, String file) {
        RootTree tools = RootTree.below(server.directory());
        try {
            return run(
                    server,
                    tools,
                    "cat /v/" + file,
                    "<filesystem type='volume'><source pool='p' volume='%s'/><target dir='/v'/></filesystem>"
                            .formatted(volume));
        } finally {
            tools.delete();
        }
    }

    static DomainXml counting(String name) {
        String script =
                "n=$(cat /n || echo 0); while :; do n=$((n+1)); echo $n > /n.part; mv /n.part /n; sleep 0.02; done";
        return new DomainXml(name, "", ON_ROOT, "<console type='pty'/>", "", "", "").shell(script);
    }

    static DomainXml sleeping(String name) {
        return new DomainXml(name, "", ON_ROOT, "<console type='pty'/>", "", "", "").running("/bin/sleep", "1000000");
    }

    /** Runs a command in a running container and returns its output. */
    static String inside(Server server, String domain, String script) {
        return server.virsh().ok("lxc-enter-namespace", domain, "--noseclabel", "/bin/sh", "-c", script);
    }

    static void awaitCount(Server server, String domain, int atLeast) {
        Eventually.until("it has counted to " + atLeast, LIMIT, () -> count(server, domain) >= atLeast);
    }

    static int count(Server server, String domain) {
        String text = inside(server, domain, "cat /n || echo 0").strip();
        return text.matches("\\d+") ? Integer.parseInt(text) : 0;
    }

    @Case(notTheOracle = NOT_THERE)
    void root_onAVolume_keepsWhatIsWrittenAndIsNotDeletedMeanwhile(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = pool(server)) {
            makeRoot(server, "root");
            sleeping("d").start(server);
            inside(server, "d", "echo kept > /file");
            assertTrue(virsh.refused("vol-delete", "root", "p").contains("volume 'root' is in use"));
            assertTrue(virsh.refused("pool-destroy", "p").contains("in use"));
            assertTrue(virsh.ok("domfsinfo", "d").matches("(?s).*/ +p/root .*"), virsh.ok("domfsinfo", "d"));
            virsh.ok("destroy", "d");
            assertEquals("kept", read(server, "root", "file"));
            virsh.ok("undefine", "d");
            virsh.ok("vol-delete", "root", "p");
        }
    }

    /** Trees may come from strangers, with device nodes. */
    @Case(notTheOracle = NOT_THERE)
    void root_onAVolume_hasDevicesInItsDevAndNowhereElse(Server server) {
        try (TestPool pool = pool(server)) {
            makeRoot(server, "root");
            sleeping("d").start(server);
            assertEquals(
                    "4",
                    inside(server, "d", "echo x > /dev/null && head -c 4 /dev/zero | wc -c")
                            .strip());
            String refusal = inside(server, "d", "mknod /zero c 1 5 && chmod 666 /zero && ! head -c 4 /zero 2>&1");
            assertTrue(refusal.contains("Permission denied"), refusal);
            server.virsh().ok("destroy", "d");
            server.virsh().ok("undefine", "d");
        }
    }

    @Case(notTheOracle = NOT_THERE)
    void clones_ofOneTree_areRootsOfTheirOwn(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = pool(server)) {
            makeRoot(server, "base");
            for (String name : new String[] {"root", "other"}) {
                virsh.ok("vol-clone", "base", name, "--pool", "p");
            }
            sleeping("d").start(server);
            inside(server, "d", "rm /bin/vi; echo one > /file");
            virsh.ok("destroy", "d");
            assertEquals("one", read(server, "root", "file"));
            RootTree tools = RootTree.below(server.directory());
            assertEquals(
                    "there",
                    run(
                            server,
                            tools,
                            "ls -d /v/bin/vi >/dev/null && [ ! -e /v/file ] && echo there",
                            "<filesystem type='volume'><source pool='p' volume='other'/><target dir='/v'/></filesystem>"));
            virsh.ok("undefine", "d");
        }
    }

    @Case(notTheOracle = NOT_THERE)
    void snapshot_whenItRuns_isRevertedToRunning(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = pool(server)) {
            makeRoot(server, "root");
            counting("d").start(server);
            awaitCount(server, "d", 3);
            virsh.ok("snapshot-create-as", "d", "s1", "three and more");
            int kept = count(server, "d");
            assertEquals("running", virsh.ok("domstate", "d"));
            awaitCount(server, "d", kept + 30);
            inside(server, "d", "rm -r /etc; ln -s /nowhere /etc");

            virsh.ok("snapshot-revert", "d", "s1");
            assertEquals("running (from snapshot)", virsh.ok("domstate", "d", "--reason"));
            assertTrue(count(server, "d") < kept + 30, "it goes on from " + kept);
            assertTrue(inside(server, "d", "cat /etc/passwd").contains("root:x:0:0"));
            virsh.ok("snapshot-delete", "d", "s1");
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
        }
    }

    @Case(notTheOracle = NOT_THERE)
    void snapshots_whenOff_goBackAndForth(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = pool(server)) {
            makeRoot(server, "root");
            sleeping("d").define(server);
            for (String text : new String[] {"one", "two"}) {
                virsh.ok("start", "d");
                inside(server, "d", "echo " + text + " > /file");
                virsh.ok("destroy", "d");
                virsh.ok("snapshot-create-as", "d", text);
            }
            virsh.ok("snapshot-revert", "d", "one");
            assertEquals("one", read(server, "root", "file"));
            virsh.ok("snapshot-revert", "d", "two");
            assertEquals("two", read(server, "root", "file"));
            assertEquals("shut off", virsh.ok("domstate", "d"));
            assertTrue(virsh.refused("vol-delete", "root", "p").contains("volume 'root' has 2 snapshots"));
            assertTrue(virsh.refused("undefine", "d").contains("2 snapshots"));
            virsh.ok("snapshot-delete", "d", "one", "--children");
            assertEquals("", virsh.ok("snapshot-list", "d", "--name"));
            virsh.ok("undefine", "d");
            virsh.ok("vol-delete", "root", "p");
        }
    }

    @Case(notTheOracle = NOT_THERE)
    void volume_withAFileSystemInIt_isMountedAndSnapshotWhole(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = pool(server)) {
            makeRoot(server, "root");
            makeFileSystem(server, "data");
            sleeping("d")
                    .device(
                            "<filesystem type='volume'><source pool='p' volume='data'/><target dir='/data'/></filesystem>")
                    .start(server);
            inside(server, "d", "echo one > /data/file");
            virsh.ok("snapshot-create-as", "d", "s1");
            inside(server, "d", "echo two > /data/file; rm -r /data/lost+found");
            virsh.ok("snapshot-revert", "d", "s1");
            assertEquals("one", inside(server, "d", "cat /data/file").strip());
            assertEquals(
                    "lost+found",
                    inside(server, "d", "ls -d /data/l*").replace("/data/", "").strip());
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d", "--snapshots-metadata");
        }
    }

    @Case(notTheOracle = NOT_THERE)
    void disk_onAVolume_isADeviceWhoseContentGoesBackToo(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = pool(server)) {
            makeRoot(server, "root");
            virsh.ok("vol-create-as", "p", "disk", "4M", "--allocation", "0");
            sleeping("d")
                    .device(
                            "<disk type='volume' device='disk'><source pool='p' volume='disk'/><target dev='vda'/></disk>")
                    .start(server);
            inside(server, "d", "echo one | dd of=/dev/vda conv=fsync 2>/dev/null");
            virsh.ok("snapshot-create-as", "d", "s1");
            inside(server, "d", "echo two | dd of=/dev/vda conv=fsync 2>/dev/null");
            virsh.ok("snapshot-revert", "d", "s1", "--running");
            assertEquals("one", inside(server, "d", "head -n 1 /dev/vda").strip());
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d", "--snapshots-metadata");
        }
    }

    @Case(notTheOracle = NOT_THERE)
    void resize_ofADiskInUse_isSeenByItsContainer(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = pool(server)) {
            makeRoot(server, "root");
            virsh.ok("vol-create-as", "p", "disk", "4M", "--allocation", "0");
            sleeping("d")
                    .device(
                            "<disk type='volume' device='disk'><source pool='p' volume='disk'/><target dev='vda'/></disk>")
                    .start(server);
            inside(server, "d", "echo one | dd of=/dev/vda conv=fsync 2>/dev/null");
            virsh.ok("vol-resize", "disk", "8M", "--pool", "p");
            assertEquals(
                    Integer.toString(8 << 20),
                    inside(server, "d", "blockdev --getsize64 /dev/vda").strip());
            inside(server, "d", "echo two | dd of=/dev/vda bs=1M seek=7 conv=fsync 2>/dev/null");
            assertEquals("one", inside(server, "d", "head -n 1 /dev/vda").strip());
            assertTrue(virsh.refused("vol-resize", "disk", "4M", "--pool", "p", "--shrink")
                    .matches("(?s).*(volume 'disk' is in use|existing allocation).*"));
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
        }
    }

    /**
     * A file system that this kernel lets us grow while it is mounted: of ext4 not where CAP_SYS_RESOURCE is withheld.
     */
    protected String growing() {
        return "btrfs";
    }

    @Case(notTheOracle = NOT_THERE)
    void resize_ofAMountedFileSystem_growsItAndLeavesItsFiles(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = pool(server)) {
            makeRoot(server, "root");
            int mebibytes = growing().equals("btrfs") ? 128 : 32; // mkfs.btrfs takes no less
            makeFileSystem(server, "data", mebibytes, growing());
            sleeping("d")
                    .device(
                            "<filesystem type='volume'><source pool='p' volume='data'/><target dir='/data'/></filesystem>")
                    .start(server);
            inside(server, "d", "echo one > /data/file");
            virsh.ok("vol-resize", "data", 2 * mebibytes + "M", "--pool", "p");
            String size = inside(server, "d", "df -P -k /data | tail -n 1 | awk '{print $2}'");
            assertTrue(Long.parseLong(size.strip()) > (long) mebibytes * 3 / 2 << 10, size);
            inside(server, "d", "echo two > /data/other");
            virsh.ok("snapshot-create-as", "d", "s1");
            virsh.ok("snapshot-revert", "d", "s1");
            assertEquals(
                    "one two",
                    inside(server, "d", "cat /data/file /data/other")
                            .replace('\n', ' ')
                            .strip());
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d", "--snapshots-metadata");
        }
    }
}

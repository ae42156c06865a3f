package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.HostMount;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.Inside;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** A container's file systems, seen from inside; the same for each runtime, and with users mapped or not. */
final class MountChecks {
    private static final String MAPPED =
            "<idmap><uid start='0' target='100000' count='65536'/><gid start='0' target='100000' count='65536'/></idmap>";

    private final Server server;
    private final boolean mapped;

    MountChecks(Server server, boolean mapped) {
        this.server = server;
        this.mapped = mapped;
    }

    private RootTree root() {
        RootTree root = RootTree.below(server.directory());
        if (mapped) {
            Command.of("chown", "-R", "100000:100000", root.path().toString())
                    .run()
                    .orFail();
        }
        return root;
    }

    /** Of the host, for everybody. */
    private Path folder(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(server.directory(), prefix);
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** The output of the script inside; the container is gone afterwards. */
    private String ask(RootTree root, DomainXml xml, String script) {
        String answer = Inside.ask(server, root, mapped ? xml.with(MAPPED) : xml, script);
        server.virsh().ok("destroy", xml.name());
        return answer;
    }

    private DomainXml plain(RootTree root) {
        root.script("ask", "");
        return DomainXml.sleeping("c1", root);
    }

    static String mount(Path source, String target, String more) {
        return "<filesystem type='mount'><source dir='%s'/><target dir='%s'/>%s</filesystem>"
                .formatted(source, target, more);
    }

    private static String flagsOf(String target) {
        return "awk '$5 == \"%s\" {print $6}' /proc/self/mountinfo".formatted(target);
    }

    void filesystem_whenTheHostHasItWithFlags_keepsThem() {
        RootTree root = root();
        try (HostMount source = HostMount.below(server, "nosuid,nodev,noexec")) {
            source.file("there").again("bind,ro,nosuid,nodev,noexec,noatime");
            String answer = ask(
                    root,
                    plain(root).device(mount(source.path(), "/s", "")),
                    flagsOf("/s")
                            + "; touch /s/new; mount -o remount,bind,rw /s; %s; ls /s"
                                    .formatted(mapped ? "touch /s/new" : ":"));
            assertTrue(answer.startsWith("ro,nosuid,nodev,noexec,noatime\n"), answer);
            assertTrue(answer.contains("touch: /s/new: Read-only file system"), answer);
            assertTrue(answer.endsWith("\nthere"), answer);
        }
    }

    void root_whenTheHostHasItWithFlags_keepsThem() throws IOException {
        RootTree root = root();
        root.script("ask", "");
        Path shown = folder("shown-");
        try (HostMount place = HostMount.bind(server, root.path(), shown)) {
            place.again("bind,nosuid,nodev");
            DomainXml plain = plain(root).onRoot(mount(shown, "/", ""));
            assertEquals("rw,nosuid,nodev,relatime", ask(root, plain, flagsOf("/")));
            try (HostMount out = HostMount.below(server, "")) {
                root.file("out/x", "");
                RootTree answers = new RootTree(out.path());
                for (String flags : List.of("ro", "ro,nosuid")) {
                    place.again("bind,suid,dev," + flags);
                    root.script(
                            "ask",
                            "{ touch /new; %s; } >/out/answer.part 2>&1; mv /out/answer.part /out/answer; exec sleep 100000"
                                    .formatted(flagsOf("/")));
                    DomainXml xml = DomainXml.sleeping("c1", root)
                            .running("/ask")
                            .onRoot(mount(shown, "/", ""))
                            .device(mount(out.path(), "/out", ""));
                    server.virsh().ok("create", (mapped ? xml.with(MAPPED) : xml).file(server.directory()));
                    Inside.await(answers);
                    String answer = answers.read("answer").strip();
                    server.virsh().ok("destroy", "c1");
                    Files.delete(out.path().resolve("answer"));
                    assertTrue(answer.contains("Read-only file system"), answer);
                    assertTrue(answer.lines().reduce((a, b) -> b).orElse("").startsWith(flags), answer);
                }
            }
        }
    }

    void readonly_whenSomethingIsMountedBelow_holdsForThat() {
        RootTree root = root();
        try (HostMount source = HostMount.below(server, "");
                HostMount below = HostMount.at(server, source.path().resolve("a"), "");
                HostMount deep = HostMount.at(server, source.path().resolve("a/b/c"), "")) {
            below.file("here");
            deep.file("there");
            String answer = ask(
                    root,
                    plain(root)
                            .device(mount(source.path(), "/ro", "<readonly/>"))
                            .device(mount(source.path(), "/rw", "")),
                    "touch /ro/new; touch /ro/a/new; touch /ro/a/b/c/new; ls /ro/a/b/c; touch /rw/w /rw/a/w /rw/a/b/c/w && echo written; "
                            + "mount -o remount,bind,rw /ro/a; %s; umount /ro/a/b/c"
                                    .formatted(mapped ? "touch /ro/a/new" : ":"));
            assertEquals(mapped ? 4 : 3, answer.split("Read-only file system", -1).length - 1, answer);
            assertTrue(answer.contains("\nthere\nwritten"), answer);
            assertFalse(Files.exists(source.path().resolve("a/new")));
            assertEquals(mapped, answer.contains("umount: can't unmount /ro/a/b/c"), answer);
        }
    }

    void readonlyRoot_whenSomethingIsMountedBelow_holdsForThat() throws IOException {
        RootTree root = root();
        root.file("out/x", "");
        Path inRoot = Files.createDirectories(root.path().resolve("data"));
        try (HostMount data = HostMount.at(server, inRoot, "");
                HostMount out = HostMount.below(server, "")) {
            data.file("there");
            root.script(
                    "ask",
                    "{ touch /new; touch /data/new; touch /mnt/new; } >/out/answer.part 2>&1; mv /out/answer.part /out/answer; exec sleep 100000");
            DomainXml xml = DomainXml.sleeping("c1", root)
                    .running("/ask")
                    .onRoot(mount(root.path(), "/", "<readonly/>"))
                    .device(mount(out.path(), "/out", ""))
                    .device("<filesystem type='bind'><source dir='/data'/><target dir='/mnt'/></filesystem>");
            server.virsh().ok("create", (mapped ? xml.with(MAPPED) : xml).file(server.directory()));
            Inside.await(new RootTree(out.path()));
            String answer = new RootTree(out.path()).read("answer");
            server.virsh().ok("destroy", "c1");
            assertEquals(3, answer.split("Read-only file system", -1).length - 1, answer);
        }
    }

    void filesystem_whenSomethingIsMountedBelow_showsThatAndNotWhatItHides() throws IOException {
        RootTree root = root();
        Path hidden = folder("hidden-");
        Files.createDirectories(hidden.resolve("sub/hidden"));
        Path inRoot =
                Files.createDirectories(root.path().resolve("data/hidden")).getParent();
        try (HostMount below = HostMount.at(server, hidden.resolve("sub"), "");
                HostMount data = HostMount.at(server, inRoot, "")) {
            below.file("shown");
            data.file("shown");
            String answer = ask(
                    root,
                    plain(root).device(mount(hidden, "/s", "")),
                    "ls /s/sub /data; touch /s/sub/mine /data/mine; umount /s/sub; ls /data");
            assertTrue(answer.startsWith("/data:\nshown\n\n/s/sub:\nshown"), answer);
            assertTrue(Files.exists(hidden.resolve("sub/mine")), answer);
            assertTrue(Files.exists(inRoot.resolve("mine")), answer);
            assertEquals(mapped, answer.contains("umount: can't unmount /s/sub"), answer);
        }
    }

    void filesystem_whenTheHostMountsItLater_isWhatTheHostHasAtTheStart() throws IOException {
        RootTree root = root();
        Path disk = folder("disk-");
        Files.createFile(disk.resolve("before"));
        DomainXml xml = plain(root).device(mount(disk, "/d", ""));
        try (HostMount mounted = HostMount.at(server, disk, "")) {
            mounted.file("after");
            assertEquals("after\nwritten", ask(root, xml, "ls /d; touch /d/new && echo written"));
            Files.delete(root.path().resolve("answer"));
            mounted.again("ro");
            assertEquals("touch: /d/more: Read-only file system", ask(root, xml, "touch /d/more"));
        }
        Files.delete(root.path().resolve("answer"));
        assertEquals("before", ask(root, xml, "ls /d"));
    }

    void image_whenItLiesOnADiskThatTheHostMountsLater_isMounted() throws IOException {
        RootTree root = root();
        try (HostMount disk = HostMount.below(server, "")) {
            Path image = disk.path().resolve("image");
            Command.of("truncate", "-s", "8M", image.toString()).run().orFail();
            Command.of("mkfs.ext4", "-q", image.toString()).run().orFail();
            DomainXml xml = plain(root)
                    .device(
                            "<filesystem type='file'><driver type='loop' format='raw'/><source file='%s'/><target dir='/img'/></filesystem>"
                                    .formatted(image));
            assertEquals("ext4 rw", ask(root, xml, "grep ' /img ' /proc/mounts | cut -d' ' -f3,4 | cut -d, -f1"));
        }
    }

    void filesystems_whenTheyAreTheRootItself_stayAsManyAsTheyAre() {
        RootTree root = root();
        DomainXml xml = plain(root);
        for (int n = 1; n <= 20; n++) {
            xml = xml.device(mount(root.path(), "/mnt/h" + n, ""))
                    .device("<filesystem type='bind'><source dir='/'/><target dir='/mnt/b%d'/></filesystem>"
                            .formatted(n));
        }
        assertEquals("40\nask", ask(root, xml, "grep -c ' /mnt/' /proc/self/mountinfo; cd /mnt/b20; ls ask"));
    }

    void filesystems_whenTheyLieOnEachOther_areMountedInTheirOrder() {
        RootTree root = root();
        try (HostMount source = HostMount.below(server, "")) {
            source.file("there");
            DomainXml xml = plain(root)
                    .device(
                            "<filesystem type='ram'><source usage='1024' units='KiB'/><target dir='/ram'/></filesystem>")
                    .device(mount(source.path(), "/ram/inner/s", "<readonly/>"))
                    .device(
                            "<filesystem type='bind'><source dir='/ram/inner/s'/><target dir='/again/../bound'/></filesystem>")
                    .device(mount(source.path().resolve("there"), "/ram/file", ""));
            String answer = ask(
                    root,
                    xml,
                    "ls /ram /bound; touch /ram/mine && stat -c %u /ram/inner /ram/mine; touch /bound/new; [ -f /ram/file ] && echo file");
            assertEquals(
                    "/bound:\nthere\n\n/ram:\nfile\ninner\n0\n0\ntouch: /bound/new: Read-only file system\nfile",
                    answer);
        }
    }

    void filesystem_whenItsTargetLiesBelowDev_isThereWithItsFlagsAndWhatIsBelow() {
        RootTree root = root();
        try (HostMount source = HostMount.below(server, "nosuid,noexec");
                HostMount below = HostMount.at(server, source.path().resolve("sub"), "nodev")) {
            below.file("there");
            DomainXml xml = plain(root)
                    .device(mount(source.path(), "/dev/x/y", ""))
                    .device(mount(below.path().resolve("there"), "/dev/file", ""))
                    .device(
                            "<filesystem type='ram'><source usage='64' units='KiB'/><target dir='/dev/ram'/></filesystem>");
            String answer = ask(
                    root,
                    xml,
                    flagsOf("/dev/x/y") + ";" + flagsOf("/dev/x/y/sub")
                            + "; ls /dev/x/y/sub; [ -f /dev/file ] && echo file; touch /dev/x/y/sub/new && echo written; grep -c ' /dev/ram ' /proc/mounts");
            assertEquals("rw,nosuid,noexec,relatime\nrw,nodev,relatime\nthere\nfile\nwritten\n1", answer);
        }
    }

    void sysfs_whenItIsTheHosts_isReadOnlyWithNothingOfTheHostsBelow() {
        RootTree root = root();
        String answer = ask(
                root,
                plain(root),
                flagsOf("/sys")
                        + "; grep ' /sys/' /proc/self/mountinfo | cut -d' ' -f5 | grep -v '^/sys/fs/cgroup\\|^/sys/firmware\\|^/sys/devices'");
        assertEquals("ro,nosuid,nodev,noexec,relatime", answer);
    }

    void start_whenItFails_saysWhatWasTriedOnWhichRootAndLeavesThatAsItWas() throws IOException {
        Path empty = folder("empty-");
        String root = mount(empty, "/", "");
        assertTrue(refusal(root, "/sbin/init").contains("its init /sbin/init does not exist in its root " + empty));
        assertTrue(refusal(root, "init")
                .contains("its init init is in none of the folders /bin:/sbin of its root " + empty));
        try (Stream<Path> left = Files.list(empty)) {
            assertEquals(List.of(), left.toList());
        }
        Files.createDirectories(empty.resolve("sbin/folder"));
        Files.writeString(empty.resolve("sbin/text"), "no program");
        assertTrue(refusal(root, "/sbin/folder").contains("not a regular file"));
        assertTrue(refusal(root, "/sbin/text")
                .contains("its init /sbin/text in its root %s may not be executed".formatted(empty)));
        String onFile = root + mount(Path.of("/etc/passwd"), "/sbin", "");
        assertTrue(refusal(onFile, "/sbin/text").contains("cannot mount /etc/passwd on its /sbin"));
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rwx------"));
        if (mapped) {
            String refusal = refusal(root, "/sbin/text");
            assertTrue(
                    refusal.contains("its root %s may not be entered by the container's root, which is user 100000"
                            .formatted(empty)),
                    refusal);
            assertTrue(refusal.contains("it belongs to 0:0 and has mode 0700"), refusal);
        }
        try (Stream<Path> left = Files.list(empty)) {
            assertEquals(List.of(empty.resolve("sbin")), left.toList());
        }
    }

    private String refusal(String filesystems, String init) {
        DomainXml xml = DomainXml.sleeping("c1", new RootTree(Path.of("/unused")))
                .onRoot(filesystems)
                .running(init);
        String refusal = server.virsh()
                .run("create", (mapped ? xml.with(MAPPED) : xml).file(server.directory()))
                .refused();
        assertTrue(refusal.contains("cannot start domain c1: "), refusal);
        return refusal;
    }
}

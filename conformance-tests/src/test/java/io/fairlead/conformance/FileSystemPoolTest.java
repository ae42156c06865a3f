package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.LoopDisk;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;

/** Pools of the types fs and netfs, which mount something: on loop devices, as virsh drives them. */
class FileSystemPoolTest {
    private static final long DISK_BYTES = 400L << 20; // mkfs.xfs wants 300 MiB

    @Case
    void pool_onExt4_livesItsLife(Server server) throws IOException {
        live(server, "ext4");
    }

    @Case
    void pool_onXfs_livesItsLife(Server server) throws IOException {
        live(server, "xfs");
    }

    @Case(notTheOracle = "its pools know no btrfs")
    void pool_onBtrfs_livesItsLife(Server server) throws IOException {
        live(server, "btrfs");
    }

    private static Path defined(Server server, LoopDisk disk, String format) {
        Path folder = server.directory().resolve("pool-" + UUID.randomUUID());
        server.virsh()
                .ok(
                        "pool-define-as",
                        "p1",
                        "fs",
                        "--source-dev",
                        disk.node(),
                        "--source-format",
                        format,
                        "--target",
                        folder.toString());
        return folder;
    }

    private static void live(Server server, String format) throws IOException {
        Virsh virsh = server.virsh();
        try (LoopDisk disk = LoopDisk.make(server.directory(), DISK_BYTES)) {
            Path folder = defined(server, disk, format);
            virsh.ok("pool-build", "p1", "--no-overwrite");
            assertEquals(format, disk.type());
            assertTrue(Files.isDirectory(folder));
            assertFalse(mounted(server, folder), "a build mounts nothing");

            virsh.ok("pool-start", "p1");
            assertTrue(mounted(server, folder));
            long capacity = number(virsh.ok("pool-info", "p1", "--bytes"), "Capacity");
            assertTrue(capacity > DISK_BYTES * 3 / 5 && capacity <= DISK_BYTES, "capacity " + capacity);
            byte[] content = new byte[100_000];
            new Random(1).nextBytes(content);
            Path file = Files.write(server.directory().resolve("content"), content);
            virsh.ok("vol-create-as", "p1", "v1", "1M");
            virsh.ok("vol-upload", "v1", file.toString(), "--pool", "p1");
            assertFalse(Files.exists(folder.resolve("v1")), "the mount is the daemon's, not the host's");

            virsh.ok("pool-destroy", "p1");
            assertFalse(mounted(server, folder));
            virsh.ok("pool-start", "p1");
            Path read = server.directory().resolve("read");
            virsh.ok("vol-download", "v1", read.toString(), "--pool", "p1", "--length", "100000");
            assertArrayEquals(content, Files.readAllBytes(read));
            virsh.ok("pool-destroy", "p1");

            assertTrue(virsh.refused("pool-build", "p1", "--no-overwrite")
                    .contains("Storage pool already built: Device '%s' already formatted using '%s'"
                            .formatted(disk.node(), format)));
            virsh.ok("pool-build", "p1", "--overwrite");
            virsh.ok("pool-start", "p1");
            assertFalse(virsh.ok("vol-list", "p1").contains("v1"), "formatted anew");
            virsh.ok("pool-destroy", "p1");
            virsh.ok("pool-delete", "p1");
            assertFalse(Files.exists(folder));
            virsh.ok("pool-undefine", "p1");
        }
    }

    /** In the mount namespace of the daemon, which may not be ours. */
    private static boolean mounted(Server server, Path folder) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + server.pid() + "/mountinfo")).stream()
                .anyMatch(line -> line.contains(" " + folder + " "));
    }

    private static long number(String info, String name) {
        String line = info.lines()
                .filter(one -> one.startsWith(name + ":"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s in %s".formatted(name, info)));
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }

    @Case
    void build_whenTheDeviceHoldsAnotherFormat_isRefusedAndSoIsTheStart(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (LoopDisk disk = LoopDisk.make(server.directory(), DISK_BYTES)) {
            Command.of("mkfs.ext4", "-q", disk.node()).run().orFail();
            Path folder = defined(server, disk, "xfs");

            assertTrue(virsh.refused("pool-build", "p1", "--no-overwrite")
                    .contains(("Storage pool already built: Format of device '%s' does not match the expected format"
                                    + " 'xfs', forced overwrite is necessary")
                            .formatted(disk.node())));
            assertEquals("ext4", disk.type());
            virsh.ok("pool-build", "p1"); // makes the folder, and touches nothing
            assertEquals("ext4", disk.type());
            String refusal = virsh.refused("pool-start", "p1");
            assertTrue(refusal.contains(disk.node() + " on " + folder) || server.isOracle(), refusal);
            assertTrue(
                    refusal.contains("it is to be xfs and holds a file system (ext4)") || server.isOracle(), refusal);
            assertTrue(virsh.ok("pool-info", "p1").contains("State:          inactive"));
            assertFalse(mounted(server, folder));
        }
    }

    @Case
    void build_whenTheDeviceIsSwapSpace_isRefused(Server server) {
        try (LoopDisk disk = LoopDisk.make(server.directory(), DISK_BYTES)) {
            Command.of("mkswap", disk.node()).run().orFail();
            defined(server, disk, "ext4");

            String refusal = server.virsh().refused("pool-build", "p1", "--no-overwrite");

            assertTrue(refusal.contains("Storage pool already built: "), refusal);
            assertTrue(refusal.contains("forced overwrite is necessary"), refusal);
            assertEquals("swap", disk.type());
        }
    }

    @Case
    void start_whenNoFormatIsGiven_findsItOut(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (LoopDisk disk = LoopDisk.make(server.directory(), DISK_BYTES)) {
            Command.of("mkfs.xfs", "-q", disk.node()).run().orFail();
            Path folder = defined(server, disk, "auto");
            virsh.ok("pool-build", "p1");

            virsh.ok("pool-start", "p1");

            assertTrue(mounted(server, folder));
        }
    }

    @Case
    void netfs_whenItCannotBeMounted_saysWhyAndStaysInactive(Server server) {
        Virsh virsh = server.virsh();
        Path folder = server.directory().resolve("pool-" + UUID.randomUUID());
        virsh.ok(
                "pool-define-as",
                "n1",
                "netfs",
                "--source-host",
                "127.0.0.1",
                "--source-path",
                "/srv/none",
                "--target",
                folder.toString());
        virsh.ok("pool-build", "n1");

        String refusal = virsh.refused("pool-start", "n1");

        boolean helper = Files.exists(Path.of("/sbin/mount.nfs"));
        String expected = server.isOracle() || helper
                ? "127.0.0.1:/srv/none"
                : "cannot start pool 'n1': the program mount.nfs is missing (Debian: package nfs-common)";
        assertTrue(refusal.contains(expected), refusal);
        assertTrue(virsh.ok("pool-info", "n1").contains("State:          inactive"));
    }

    @Case
    void netfs_whenHalfDefined_isRefused(Server server) {
        Virsh virsh = server.virsh();
        assertTrue(virsh.refused("pool-define-as", "n1", "netfs", "--source-path", "/srv", "--target", "/tmp/x")
                .contains("missing storage pool source host name"));
        assertTrue(virsh.refused("pool-define-as", "n1", "netfs", "--source-host", "h", "--target", "/tmp/x")
                .contains("missing storage pool source path"));
    }
}

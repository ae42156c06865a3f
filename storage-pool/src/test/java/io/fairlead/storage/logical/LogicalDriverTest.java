package io.fairlead.storage.logical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.mount.FileSystemSize;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackendContract;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.thin.SqliteThinRecords;
import io.fairlead.thin.ThinDevice;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver on dm-thin itself; runs in User-Mode Linux. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = {"mkfs.ext4", "resize2fs", "thin_check"})
class LogicalDriverTest extends PoolBackendContract {
    private static final long DISK_BYTES = 512 * MIB;

    @TempDir
    private Path scratch;

    @Override
    protected PoolDriver newDriver() {
        return new LogicalDriver(scratch.resolve("state"), scratch.resolve("run"), "test", ThinFileSystem.EXT4);
    }

    @Override
    protected PoolSpec spec() throws IOException {
        return spec(disk("disk"));
    }

    private PoolSpec spec(Path... devices) {
        PoolSpec.Source source = PoolSpec.Source.on(List.of(devices), Optional.empty());
        return new PoolSpec(
                poolUuid(), "p1", "logical", source, Optional.of(scratch.resolve("volumes")), Permissions.DEFAULT);
    }

    private Path disk(String name) throws IOException {
        Path file = scratch.resolve(name);
        if (!Files.exists(file)) {
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(DISK_BYTES);
            }
        }
        return file;
    }

    private static VolumeSpec tree(String name, long bytes) {
        return new VolumeSpec(name, bytes, 0, VolumeSpec.TREE, Permissions.DEFAULT);
    }

    @AfterEach
    void stopPool() throws IOException {
        for (VolumeFacts volume : pool.scan()) {
            pool.deactivate(volume.name());
        }
        pool.stop();
        try (KernelDeviceMapper deviceMapper = new KernelDeviceMapper()) {
            assertEquals(List.of(), deviceMapper.names(), "left behind by stop");
        }
    }

    @Test
    void tree_whenCopied_sharesItsFilesAndDiverges() throws IOException {
        VolumeFacts made = pool.create(tree("t1", 64 * MIB));
        assertEquals(VolumeKind.DIRECTORY, made.kind());
        Path first = pool.activate("t1");
        assertEquals(made.path(), first);
        try (var entries = Files.list(first)) {
            assertEquals(0, entries.count(), "a new tree is empty");
        }
        Files.writeString(first.resolve("file"), "one");

        VolumeFacts copy = pool.copy(tree("t2", 64 * MIB), "t1"); // of a mounted origin
        Path second = pool.activate("t2");
        Files.writeString(first.resolve("file"), "other");

        assertEquals("one", Files.readString(second.resolve("file")));
        assertEquals(Optional.of(first), copy.origin());
        assertEquals(List.of("t1", "t2"), names());
    }

    @Test
    void tree_whenGrown_hasTheSpaceAtOnce() throws IOException {
        pool.create(tree("t1", 64 * MIB));
        Path root = pool.activate("t1");
        long before = FileSystemSize.of(root).totalBytes();

        pool.resize("t1", 128 * MIB, false);

        assertTrue(FileSystemSize.of(root).totalBytes() > before + 50 * MIB);
        pool.copy(tree("t2", 192 * MIB), "t1");
        assertTrue(FileSystemSize.of(pool.activate("t2")).totalBytes() > before + 110 * MIB);
        refused(ErrorCode.OPERATION_INVALID, () -> pool.resize("t1", 64 * MIB, false));
    }

    @Test
    void volume_whileActive_cannotBeDeletedNorThePoolStopped() {
        pool.create(tree("t1", 64 * MIB));
        pool.create(raw("v1", 4 * MIB));
        pool.activate("t1");
        Path node = pool.activate("v1");
        assertEquals(node, pool.activate("v1"));

        refused(ErrorCode.RESOURCE_BUSY, () -> pool.delete("t1"));
        refused(ErrorCode.RESOURCE_BUSY, () -> pool.delete("v1"));
        refused(ErrorCode.RESOURCE_BUSY, () -> pool.stop());

        pool.deactivate("t1");
        pool.deactivate("v1");
        assertFalse(Files.exists(node));
        pool.delete("t1");
        pool.delete("v1");
        assertEquals(List.of(), names());
    }

    @Test
    void allocation_whenWritten_isTrue() throws IOException {
        pool.create(raw("v1", 64 * MIB));
        assertEquals(0, pool.facts("v1").allocationBytes());

        write("v1", 5 * MIB, 1);

        assertEquals(PoolDisks.BLOCK_BYTES, pool.facts("v1").allocationBytes());
        assertTrue(pool.usage().allocationBytes() >= PoolDisks.BLOCK_BYTES);
    }

    @Test
    void build_whenTheDeviceHoldsSomebodysData_needsTheOverwriteFlag() throws Exception {
        Path other = disk("other");
        Command.of("mkfs.ext4", "-q", "-F", other.toString()).run().orThrow();
        PoolDriver second =
                new LogicalDriver(scratch.resolve("state2"), scratch.resolve("run2"), "other", ThinFileSystem.EXT4);

        refused(ErrorCode.OPERATION_INVALID, () -> second.build(spec(other), PoolDriver.Build.PLAIN));
        refused(ErrorCode.OPERATION_INVALID, () -> second.build(spec(other), PoolDriver.Build.NO_OVERWRITE));
        refused(ErrorCode.OPERATION_INVALID, () -> second.start(spec(other)));
        second.build(spec(other), PoolDriver.Build.OVERWRITE);

        PoolDriver third =
                new LogicalDriver(scratch.resolve("state3"), scratch.resolve("run3"), "third", ThinFileSystem.EXT4);
        refused(ErrorCode.RESOURCE_BUSY, () -> third.build(spec(), PoolDriver.Build.OVERWRITE));
        pool.stop();
        assertTimeoutPreemptively(Duration.ofSeconds(10), this::waitUntilDetached);
        refused(ErrorCode.OPERATION_INVALID, () -> third.build(spec(), PoolDriver.Build.PLAIN));
        pool = driver.start(spec());
    }

    /** The kernel lets go of files on a thread of its own. */
    private void waitUntilDetached() throws IOException, InterruptedException {
        while (!LoopDevices.attachedBelow(disk("disk")).isEmpty()) {
            Thread.sleep(10);
        }
    }

    @Test
    void delete_whenThePoolHasVolumes_isRefused() throws Exception {
        pool.create(raw("v1", MIB));
        pool.stop();

        refused(ErrorCode.OPERATION_INVALID, () -> driver.delete(spec()));
        pool = driver.start(spec());
        pool.delete("v1");
        pool.stop();
        driver.delete(spec());

        refused(ErrorCode.OPERATION_INVALID, () -> driver.start(spec()));
        driver.build(spec(), PoolDriver.Build.NO_OVERWRITE);
        pool = driver.start(spec());
        assertEquals(List.of(), names());
    }

    @Test
    void pool_whenItsOnlyDiskHasGrown_keepsItsDataAndHasTheSpace() throws Exception {
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 8);
        long before = pool.usage().capacityBytes();
        pool.stop();
        try (RandomAccessFile file = new RandomAccessFile(disk("disk").toFile(), "rw")) {
            file.setLength(16 * DISK_BYTES); // more metadata would be chosen for it now
        }

        pool = driver.start(spec());

        assertEquals(before + 15 * DISK_BYTES, pool.usage().capacityBytes());
        assertEquals(8, read("v1", MIB));
    }

    @Test
    void pool_onTwoDevices_works() throws Exception {
        pool.stop();
        driver.delete(spec());
        PoolSpec two = spec(disk("data"), disk("metadata"));
        driver.build(two, PoolDriver.Build.NO_OVERWRITE);
        pool = driver.start(two);

        pool.create(raw("v1", MIB));

        assertEquals(DISK_BYTES, pool.usage().capacityBytes());
    }

    @Test
    void treeSnapshot_whileTheTreeIsMountedAndWritten_isOfThatMoment() throws IOException {
        pool.create(tree("t1", 64 * MIB));
        Path root = pool.activate("t1");
        Files.writeString(root.resolve("file"), "old");
        Files.setAttribute(root.resolve("file"), "unix:uid", 1000);

        pool.snapshots().take("t1", SNAPSHOT);
        Files.writeString(root.resolve("file"), "new");
        pool.resize("t1", 128 * MIB, false);
        refused(ErrorCode.RESOURCE_BUSY, () -> pool.snapshots().revert("t1", SNAPSHOT));
        pool.deactivate("t1");
        for (int round = 0; round < 2; round++) {
            pool.snapshots().revert("t1", SNAPSHOT);

            assertEquals(64 * MIB, pool.facts("t1").capacityBytes());
            assertEquals(List.of("t1"), names());
            pool.activate("t1");
            assertEquals("old", Files.readString(root.resolve("file")));
            assertEquals(1000, Files.getAttribute(root.resolve("file"), "unix:uid"));
            Files.writeString(root.resolve("file"), "again");
            pool.deactivate("t1");
        }
        assertEquals(Set.of(SNAPSHOT), pool.snapshots().of("t1"));
    }

    @Test
    void revert_whileAnotherNamespaceHasTheTree_isRefusedUntilItsEnd() throws Exception {
        pool.create(tree("t1", 64 * MIB));
        Path root = pool.activate("t1");
        pool.snapshots().take("t1", SNAPSHOT);
        Path at = Files.createDirectory(scratch.resolve("elsewhere"));
        String script = "mount --bind \"$0\" \"$1\" && umount \"$0\" && echo up && exec cat";
        Process container =
                new ProcessBuilder("unshare", "--mount", "sh", "-c", script, root.toString(), at.toString()).start();
        assertEquals("up", container.inputReader().readLine());
        pool.deactivate("t1");

        refused(ErrorCode.RESOURCE_BUSY, () -> pool.snapshots().revert("t1", SNAPSHOT));
        pool.snapshots().take("t1", LATER_SNAPSHOT);

        container.outputWriter().close();
        container.waitFor();
        pool.snapshots().revert("t1", SNAPSHOT);
    }

    /** conmon processes keep the namespace of the daemon that started them. */
    @Test
    void revert_whenAnEarlierDaemonsNamespaceHasTheMount_endsItThere() throws Exception {
        pool.create(tree("t1", 64 * MIB));
        Path root = pool.activate("t1");
        pool.snapshots().take("t1", SNAPSHOT);
        Process earlier = new ProcessBuilder("unshare", "--mount", "sh", "-c", "echo up && exec cat").start();
        assertEquals("up", earlier.inputReader().readLine());
        Mounts.unmount(root);
        pool.leave();
        pool = driver.start(spec());

        pool.snapshots().revert("t1", SNAPSHOT);
        pool.delete("t1");

        earlier.outputWriter().close();
        earlier.waitFor();
    }

    @Test
    void snapshots_whenAVolumeHasTheirName_areNotMixedUp() {
        String snapshot = "fairlead-snapshot-" + SNAPSHOT;
        refused(ErrorCode.OPERATION_INVALID, () -> pool.create(raw(snapshot, MIB)));
        pool.create(raw("v1", MIB));
        pool.snapshots().take("v1", SNAPSHOT);

        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.facts(snapshot));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.delete(snapshot));
        refused(ErrorCode.OPERATION_INVALID, () -> pool.copy(raw("fairlead-new-" + SNAPSHOT, MIB), "v1"));
    }

    @Test
    void start_whenADaemonDiedInTheMiddle_removesWhatItLeft() throws Exception {
        pool.create(raw("v1", MIB));
        pool.snapshots().take("v1", SNAPSHOT);
        pool.stop();
        Path file = scratch.resolve("state").resolve(poolUuid().toString()).resolve("pool.db");
        try (SqliteThinRecords records = new SqliteThinRecords(file)) {
            ThinDevice snapshot = records.devices().stream()
                    .filter(device -> device.name().endsWith(SNAPSHOT))
                    .findFirst()
                    .orElseThrow();
            // As if only its volume had been deleted.
            records.put(new ThinDevice(
                    snapshot.name(),
                    snapshot.deviceId(),
                    snapshot.sizeBytes(),
                    "gone",
                    snapshot.content(),
                    snapshot.stage(),
                    snapshot.role()));
        }

        pool = driver.start(spec());

        assertEquals(Set.of(), pool.snapshots().of("v1"));
        pool.snapshots().take("v1", SNAPSHOT);
    }
}

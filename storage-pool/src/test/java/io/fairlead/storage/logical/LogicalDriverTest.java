package io.fairlead.storage.logical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;
import io.fairlead.linux.device.DeviceNumber;
import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.dm.DmDevice;
import io.fairlead.linux.dm.DmTarget;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.mount.FileSystemSize;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.LoopMount;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackendContract;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.thin.KernelNodes;
import io.fairlead.thin.SqliteThinRecords;
import io.fairlead.thin.ThinDevice;
import io.fairlead.thin.ThinPoolStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver on dm-thin itself; runs in User-Mode Linux. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = {"mkfs.ext4", "resize2fs", "thin_check", "thin_repair"})
class LogicalDriverTest extends PoolBackendContract {
    private static final long DISK_BYTES = 512 * MIB;
    private static final String FLAKY = "flaky";

    @TempDir
    private Path scratch;

    @Override
    protected PoolDriver newDriver() {
        return new LogicalDriver(scratch.resolve("state"), scratch.resolve("run"), "test");
    }

    @Override
    protected PoolSpec spec() throws IOException {
        return spec(disk("disk"));
    }

    private PoolSpec spec(Path... devices) {
        PoolSpec.Source source = new PoolSpec.Source(
                List.of(devices), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
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
            if (deviceMapper.find(FLAKY).isPresent()) {
                deviceMapper.remove(FLAKY, false);
            }
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
        PoolDriver second = new LogicalDriver(scratch.resolve("state2"), scratch.resolve("run2"), "other");

        refused(ErrorCode.OPERATION_INVALID, () -> second.build(spec(other), PoolDriver.Build.PLAIN));
        refused(ErrorCode.OPERATION_INVALID, () -> second.build(spec(other), PoolDriver.Build.NO_OVERWRITE));
        refused(ErrorCode.OPERATION_INVALID, () -> second.start(spec(other)));
        second.build(spec(other), PoolDriver.Build.OVERWRITE);

        PoolDriver third = new LogicalDriver(scratch.resolve("state3"), scratch.resolve("run3"), "third");
        refused(ErrorCode.RESOURCE_BUSY, () -> third.build(spec(), PoolDriver.Build.OVERWRITE));
        pool.stop();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> waitUntilDetached("disk"));
        refused(ErrorCode.OPERATION_INVALID, () -> third.build(spec(), PoolDriver.Build.PLAIN));
        pool = driver.start(spec());
    }

    /** The kernel lets go of files on a thread of its own. */
    private void waitUntilDetached(String disk) throws IOException, InterruptedException {
        while (!LoopDevices.attachedBelow(disk(disk)).isEmpty()) {
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
    void takeGrowth_whenTheOnlyDiskOfALivePoolHasGrown_usesItUnderWriters() throws Exception {
        pool.create(tree("t1", 64 * MIB));
        Path root = pool.activate("t1");
        long before = pool.usage().capacityBytes();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        AtomicBoolean enough = new AtomicBoolean();
        Future<Integer> written = writer.submit(() -> writeUntil(enough, root));
        grow("disk", 2 * DISK_BYTES);

        pool.takeGrowth();
        long after = pool.usage().capacityBytes();
        pool.takeGrowth(); // nothing more to take
        enough.set(true);

        assertEquals(before + DISK_BYTES, after);
        assertEquals(after, pool.usage().capacityBytes());
        assertTrue(written.get(30, TimeUnit.SECONDS) > 0, "nothing was written meanwhile");
        writer.shutdown();
    }

    /** How many files were written, each durably. */
    private static int writeUntil(AtomicBoolean enough, Path root) throws IOException {
        int count = 0;
        do {
            Path file = root.resolve("file" + count % 10);
            Files.write(file, new byte[100_000], StandardOpenOption.CREATE, StandardOpenOption.SYNC);
            count++;
        } while (!enough.get());
        return count;
    }

    private void grow(String disk, long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(disk(disk).toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    @Test
    void takeGrowth_whenBothDevicesHaveGrown_usesBoth() throws Exception {
        pool.stop();
        driver.delete(spec());
        PoolSpec two = spec(disk("data"), disk("metadata"));
        grow("metadata", 8 * MIB);
        driver.build(two, PoolDriver.Build.NO_OVERWRITE);
        pool = driver.start(two);
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 8);
        grow("data", 3 * DISK_BYTES);
        grow("metadata", 32 * MIB);

        pool.takeGrowth();

        assertEquals(3 * DISK_BYTES, pool.usage().capacityBytes());
        assertEquals(32 * MIB / ThinPoolStatus.METADATA_BLOCK_BYTES, metadataBlocks());
        assertEquals(8, read("v1", MIB));
        pool.create(raw("v2", 4 * MIB));
    }

    private static long metadataBlocks() throws IOException {
        try (KernelDeviceMapper deviceMapper = new KernelDeviceMapper()) {
            String name = "fairlead-" + poolUuid().toString().replace("-", "");
            return ThinPoolStatus.parse(deviceMapper.status(name).get(0).parameters())
                    .totalMetadataBlocks();
        }
    }

    @Test
    void takeGrowth_whenADiskHasShrunk_saysSoAndLeavesThePoolAlone() throws Exception {
        long before = pool.usage().capacityBytes();
        grow("disk", DISK_BYTES / 2);

        refused(ErrorCode.SYSTEM_ERROR, () -> pool.takeGrowth());

        grow("disk", DISK_BYTES);
        pool.takeGrowth();
        assertEquals(before, pool.usage().capacityBytes());
    }

    @Test
    void start_whenADiskHasGrownWhileThePoolStood_usesIt() throws Exception {
        long before = pool.usage().capacityBytes();
        pool.create(raw("v1", 4 * MIB));
        grow("disk", 2 * DISK_BYTES);

        pool = driver.start(spec()); // as the next daemon does

        assertEquals(before + DISK_BYTES, pool.usage().capacityBytes());
        assertEquals(List.of("v1"), names());
    }

    @Test
    void trim_whenFilesWereDeleted_givesTheirSpaceBackOfMountedTreesOnly() throws Exception {
        Path root = treeWithDeletedFile("t1");
        treeWithDeletedFile("t2");
        long first = pool.facts("t1").allocationBytes();
        pool.deactivate("t2");
        long second = pool.facts("t2").allocationBytes();
        assertTrue(first > 40 * MIB && second > 40 * MIB, "%d and %d".formatted(first, second));

        pool.trim();

        long after = pool.facts("t1").allocationBytes();
        assertTrue(after < 16 * MIB, "%d, from %d".formatted(after, first));
        assertEquals(second, pool.facts("t2").allocationBytes());
        assertEquals("kept", Files.readString(root.resolve("kept")));
    }

    private Path treeWithDeletedFile(String name) throws IOException {
        pool.create(tree(name, 128 * MIB));
        Path root = pool.activate(name);
        Files.writeString(root.resolve("kept"), "kept");
        Path file = root.resolve("file");
        Files.write(file, new byte[(int) (40 * MIB)], StandardOpenOption.CREATE, StandardOpenOption.SYNC);
        Files.delete(file);
        // The file system gives deleted blocks free when the transaction with the delete has ended.
        Command.of("sync", "-f", root.toString()).run().orThrow();
        return root;
    }

    @Test
    void trim_whileTreesAreUnmountedAndDeleted_isInNobodysWay() throws Exception {
        ExecutorService trimmer = Executors.newSingleThreadExecutor();
        AtomicBoolean enough = new AtomicBoolean();
        Future<Integer> trims = trimmer.submit(() -> {
            int count = 0;
            for (; !enough.get(); count++) {
                pool.trim();
            }
            return count;
        });
        for (int i = 0; i < 20; i++) {
            pool.create(tree("t1", 64 * MIB));
            pool.activate("t1");
            pool.deactivate("t1");
            pool.delete("t1");
        }
        enough.set(true);

        assertTrue(trims.get(30, TimeUnit.SECONDS) > 0);
        trimmer.shutdown();
    }

    @Test
    void onLevelChange_whenThePoolFillsAndEmpties_isToldOfEachLevel() throws Exception {
        Semaphore told = new Semaphore(0);
        pool.onLevelChange(told::release);
        pool.create(raw("v1", DISK_BYTES));

        for (int percent : new int[] {72, 87, 97}) {
            fill("v1", pool.usage().capacityBytes() * percent / 100);
            assertTrue(told.tryAcquire(20, TimeUnit.SECONDS), "nothing said at %d %%".formatted(percent));
        }
        assertEquals(0, told.availablePermits());
        pool.delete("v1");
        assertTrue(told.tryAcquire(20, TimeUnit.SECONDS), "nothing said when it emptied");
    }

    /** Writes to the volume until the pool has so much in use: one byte maps a block. */
    private void fill(String volume, long poolBytes) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        try (VolumeContent content = pool.open(volume, true)) {
            long from = pool.facts(volume).allocationBytes();
            long to = poolBytes - pool.usage().allocationBytes() + from;
            for (long at = from; at < to; at += PoolDisks.BLOCK_BYTES) {
                content.write(at, one.rewind());
            }
            content.sync();
        }
    }

    /** The steps of docs/production.md, "Repairing a pool", as an administrator types them. */
    @Test
    void repair_asDocumented_bringsAPoolOnOneDiskBack() throws Exception {
        pool.create(tree("t1", 64 * MIB));
        Path root = pool.activate("t1");
        Files.writeString(root.resolve("file"), "precious");
        pool.deactivate("t1");
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 8);
        pool.stop();
        Path records = scratch.resolve("state").resolve(poolUuid().toString());
        markUnclean(records.resolve("pool.db"));
        damageSpaceMap(disk("disk"));
        EngineException refusal = assertThrows(EngineException.class, () -> driver.start(spec()));
        assertEquals(ErrorCode.OPERATION_INVALID, refusal.code(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("are damaged"), refusal.getMessage());

        String script =
                """
                set -e
                METADATA=%s
                SIZE=$(cat %s/metadata-bytes)
                cd %s
                dd if="$METADATA" of=metadata.before bs=1M count=$((SIZE >> 20))
                if thin_check metadata.before; then echo "not damaged at all"; exit 1; fi
                truncate -s "$SIZE" metadata.repaired
                thin_repair -i metadata.before -o metadata.repaired
                thin_check metadata.repaired
                dd if=metadata.repaired of="$METADATA" bs=1M conv=notrunc,fsync
                """
                        .formatted(disk("disk"), records, "%s");
        try (LoopMount work = LoopMount.make(scratch, "ext4", 64 * MIB)) { // the tools read past the cache: no tmpfs
            Command.of("bash", "-c", script.formatted(work.folder())).run().orThrow();
        }

        pool = driver.start(spec());
        assertEquals(List.of("t1", "v1"), names());
        assertEquals(8, read("v1", MIB));
        assertEquals("precious", Files.readString(pool.activate("t1").resolve("file")));
        pool.create(raw("v2", MIB));
    }

    @Test
    void volumes_whenARepairCouldNotBringThemBack_areShownAndCanBeDeleted() throws Exception {
        pool.stop();
        driver.delete(spec());
        PoolSpec two = spec(disk("data"), disk("metadata"));
        driver.build(two, PoolDriver.Build.NO_OVERWRITE);
        pool = driver.start(two);
        pool.create(tree("t1", 64 * MIB)); // the base gets the first id, the tree the second
        pool.create(raw("v1", 4 * MIB));
        pool.stop();
        try (LoopMount work = LoopMount.make(scratch, "ext4", 256 * MIB)) {
            String script =
                    """
                    set -e
                    cd %s
                    dd if=%s of=before bs=1M count=64 status=none
                    thin_dump before | sed '/<device dev_id="[12]"/,/<[/]device>/d' >left.xml
                    truncate -s 64M after
                    thin_restore -q -i left.xml -o after
                    dd if=after of=%s bs=1M conv=notrunc,fsync status=none
                    """
                            .formatted(work.folder(), disk("metadata"), disk("metadata"));
            Command.of("bash", "-c", script).run().orThrow();
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> waitUntilDetached("metadata"));

        pool = driver.start(two);

        assertEquals(List.of("t1", "v1"), names());
        assertEquals(0, pool.facts("t1").allocationBytes());
        EngineException refusal = assertThrows(EngineException.class, () -> pool.activate("t1"));
        assertEquals(ErrorCode.NO_STORAGE_VOLUME, refusal.code());
        assertTrue(refusal.getMessage().contains("t1 is LOST"), refusal.getMessage());
        pool.delete("t1");
        pool.create(tree("t1", 64 * MIB)); // of a new base
        assertTrue(Files.isDirectory(pool.activate("t1")));
    }

    @Test
    void start_whenThePoolStandsReadOnly_servesItForReading() throws Exception {
        pool.stop();
        driver.delete(spec());
        Path metadata;
        try (LoopDevice loop = LoopDevices.attach(disk("metadata"), false)) {
            metadata = flaky(loop, "linear", "%s 0");
            PoolSpec two = spec(disk("data"), metadata);
            driver.build(two, PoolDriver.Build.NO_OVERWRITE);
            pool = driver.start(two);
            pool.create(tree("t1", 64 * MIB));
            Files.writeString(pool.activate("t1").resolve("file"), "precious");
            pool.deactivate("t1");
            pool.create(raw("v1", 64 * MIB));
            write("v1", 0, 8);
            leaveBaseUnfinished();
            flaky(loop, "flakey", "%s 0 0 3600 1 error_writes");
            assertThrows(IOException.class, () -> fill("v1", 60 * MIB));
            assertTimeoutPreemptively(Duration.ofSeconds(30), this::waitUntilRefused);

            pool = driver.start(two); // as the next daemon does

            assertEquals(List.of("t1", "v1"), names());
            assertEquals(8, read("v1", 0));
            assertEquals("precious", Files.readString(pool.activate("t1").resolve("file")));
            pool.deactivate("t1");
            refused(ErrorCode.OPERATION_INVALID, () -> pool.create(raw("v2", MIB)));
            refused(ErrorCode.OPERATION_INVALID, () -> pool.delete("v1"));
            grow("data", 2 * DISK_BYTES);
            refused(ErrorCode.OPERATION_INVALID, () -> pool.takeGrowth());
            pool.trim();

            flaky(loop, "linear", "%s 0");
            pool.stop();
            Command.of("thin_check", "--clear-needs-check-flag", metadata.toString())
                    .run()
                    .orThrow();
            pool = driver.start(two);
            assertEquals(List.of("t1", "v1"), names());
            assertEquals(2 * DISK_BYTES, pool.usage().capacityBytes());
            pool.create(tree("t2", 64 * MIB));
        }
    }

    /** The metadata disk behind a device that can be made to fail. */
    private Path flaky(LoopDevice disk, String target, String parameters) throws IOException {
        try (KernelDeviceMapper deviceMapper = new KernelDeviceMapper()) {
            boolean standing = deviceMapper.find(FLAKY).isPresent();
            if (!standing) {
                deviceMapper.create(FLAKY, FLAKY);
            }
            String below = DeviceNumber.of(disk.node()).orElseThrow().toString();
            deviceMapper.load(FLAKY, List.of(new DmTarget(0, DISK_BYTES / 512, target, parameters.formatted(below))));
            if (standing) {
                deviceMapper.suspend(FLAKY);
            }
            DmDevice mapped = deviceMapper.resume(FLAKY);
            return new KernelNodes(scratch).make(FLAKY, mapped.major(), mapped.minor());
        }
    }

    /** As a daemon that was killed while it made one. */
    private void leaveBaseUnfinished() {
        Path file = scratch.resolve("state").resolve(poolUuid().toString()).resolve("pool.db");
        try (SqliteThinRecords records = new SqliteThinRecords(file)) {
            ThinDevice base = records.devices().stream()
                    .filter(ThinTrees::isHidden)
                    .findFirst()
                    .orElseThrow();
            records.put(new ThinDevice(
                    base.name(), base.deviceId(), base.sizeBytes(), null, "unfinished", ThinDevice.Stage.CREATED));
        }
    }

    private void waitUntilRefused() throws InterruptedException {
        while (true) {
            try {
                pool.create(raw("v9", MIB));
                pool.delete("v9");
                Thread.sleep(50);
            } catch (EngineException e) {
                return;
            }
        }
    }

    /** As a power cut leaves it: then metadata are checked before the pool is used. */
    private static void markUnclean(Path records) {
        try (SqliteThinRecords opened = new SqliteThinRecords(records)) {
            opened.setClean(false);
        }
    }

    /** Overwrites the bitmap of used metadata blocks, which the superblock points to (drivers/md/dm-thin-metadata.c). */
    private static void damageSpaceMap(Path metadata) throws IOException {
        int bitmapRootAt = 192 + 16; // metadata_space_map_root, behind its numbers of blocks
        try (RandomAccessFile file = new RandomAccessFile(metadata.toFile(), "rw")) {
            file.seek(bitmapRootAt);
            long block = Long.reverseBytes(file.readLong());
            assertTrue(block > 0, "no bitmap at " + block);
            file.seek(block * ThinPoolStatus.METADATA_BLOCK_BYTES);
            file.write(new byte[ThinPoolStatus.METADATA_BLOCK_BYTES]);
        }
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
    void treeImage_whileTheTreeIsMountedAndWritten_isOfThatMoment() throws IOException {
        pool.create(tree("t1", 64 * MIB));
        Path root = pool.activate("t1");
        Files.writeString(root.resolve("file"), "old");
        Files.setAttribute(root.resolve("file"), "unix:uid", 1000);

        pool.images().take("t1", IMAGE);
        Files.writeString(root.resolve("file"), "new");
        pool.resize("t1", 128 * MIB, false);
        refused(ErrorCode.RESOURCE_BUSY, () -> pool.images().revert("t1", IMAGE));
        pool.deactivate("t1");
        for (int round = 0; round < 2; round++) {
            pool.images().revert("t1", IMAGE);

            assertEquals(64 * MIB, pool.facts("t1").capacityBytes());
            assertEquals(List.of("t1"), names());
            pool.activate("t1");
            assertEquals("old", Files.readString(root.resolve("file")));
            assertEquals(1000, Files.getAttribute(root.resolve("file"), "unix:uid"));
            Files.writeString(root.resolve("file"), "again");
            pool.deactivate("t1");
        }
        assertEquals(Set.of(IMAGE), pool.images().of("t1"));
    }

    @Test
    void revert_whileAnotherNamespaceHasTheTree_isRefusedUntilItsEnd() throws Exception {
        pool.create(tree("t1", 64 * MIB));
        Path root = pool.activate("t1");
        pool.images().take("t1", IMAGE);
        Path at = Files.createDirectory(scratch.resolve("elsewhere"));
        String script = "mount --bind \"$0\" \"$1\" && umount \"$0\" && echo up && exec cat";
        Process container =
                new ProcessBuilder("unshare", "--mount", "sh", "-c", script, root.toString(), at.toString()).start();
        assertEquals("up", container.inputReader().readLine());
        pool.deactivate("t1");

        refused(ErrorCode.RESOURCE_BUSY, () -> pool.images().revert("t1", IMAGE));
        pool.images().take("t1", LATER_IMAGE);

        container.outputWriter().close();
        container.waitFor();
        pool.images().revert("t1", IMAGE);
    }

    /** conmon processes keep the namespace of the daemon that started them. */
    @Test
    void revert_whenAnEarlierDaemonsNamespaceHasTheMount_endsItThere() throws Exception {
        pool.create(tree("t1", 64 * MIB));
        Path root = pool.activate("t1");
        pool.images().take("t1", IMAGE);
        Process earlier = new ProcessBuilder("unshare", "--mount", "sh", "-c", "echo up && exec cat").start();
        assertEquals("up", earlier.inputReader().readLine());
        Mounts.unmount(root);
        pool = driver.start(spec());

        pool.images().revert("t1", IMAGE);
        pool.delete("t1");

        earlier.outputWriter().close();
        earlier.waitFor();
    }

    @Test
    void images_whenAVolumeHasTheirName_areNotMixedUp() {
        String image = "fairlead-image-" + IMAGE;
        refused(ErrorCode.OPERATION_INVALID, () -> pool.create(raw(image, MIB)));
        pool.create(raw("v1", MIB));
        pool.images().take("v1", IMAGE);

        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.facts(image));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.delete(image));
        refused(ErrorCode.OPERATION_INVALID, () -> pool.copy(raw("fairlead-new-" + IMAGE, MIB), "v1"));
    }

    @Test
    void start_whenADaemonDiedInTheMiddle_removesWhatItLeft() throws Exception {
        pool.create(raw("v1", MIB));
        pool.images().take("v1", IMAGE);
        pool.stop();
        Path file = scratch.resolve("state").resolve(poolUuid().toString()).resolve("pool.db");
        try (SqliteThinRecords records = new SqliteThinRecords(file)) {
            ThinDevice image = records.devices().stream()
                    .filter(device -> device.name().endsWith(IMAGE))
                    .findFirst()
                    .orElseThrow();
            // As if its volume had been deleted, and nothing more.
            records.put(new ThinDevice(
                    image.name(), image.deviceId(), image.sizeBytes(), "gone", image.content(), image.stage()));
        }

        pool = driver.start(spec());

        assertEquals(Set.of(), pool.images().of("v1"));
        pool.images().take("v1", IMAGE);
    }
}

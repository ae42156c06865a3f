package io.fairlead.storage.logical;

import static io.fairlead.storage.driver.PoolBackendContract.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.device.DeviceNumber;
import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.dm.DmDevice;
import io.fairlead.linux.dm.DmTarget;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.LoopMount;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.thin.KernelNodes;
import io.fairlead.thin.SqliteThinRecords;
import io.fairlead.thin.ThinDevice;
import io.fairlead.thin.ThinPoolStatus;
import io.fairlead.thin.ThinRole;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pools whose metadata are damaged or cannot be written, and their repair; runs in User-Mode Linux. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = {"mkfs.ext4", "thin_check", "thin_dump", "thin_repair", "thin_restore"})
class LogicalRepairTest extends LogicalPoolFixture {
    private static final String FLAKY = "flaky";

    @Override
    void removeWhatLiesBelow() throws IOException {
        try (KernelDeviceMapper deviceMapper = new KernelDeviceMapper()) {
            if (deviceMapper.find(FLAKY).isPresent()) {
                deviceMapper.remove(FLAKY, false);
            }
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
        markUnclean(records().resolve("pool.db"));
        damageSpaceMap(disk("disk"));
        EngineException refusal = assertThrows(EngineException.class, () -> driver.start(spec(disk("disk"))));
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
                        .formatted(disk("disk"), records(), "%s");
        try (LoopMount work = LoopMount.make(scratch, "ext4", 64 * MIB)) { // the tools read past the cache: no tmpfs
            Command.of("bash", "-c", script.formatted(work.folder())).run().orThrow();
        }

        pool = driver.start(spec(disk("disk")));
        assertEquals(List.of("t1", "v1"), names());
        assertEquals(8, read("v1", MIB));
        assertEquals("precious", Files.readString(pool.activate("t1").resolve("file")));
        pool.create(raw("v2", MIB));
    }

    @Test
    void volumes_whenARepairCouldNotBringThemBack_areShownAndCanBeDeleted() throws Exception {
        PoolSpec two = spec(disk("data"), disk("metadata"));
        startAnew(two);
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
        Path metadata;
        try (LoopDevice loop = LoopDevices.attach(disk("metadata"), false)) {
            metadata = flaky(loop, "linear", "%s 0");
            PoolSpec two = spec(disk("data"), metadata);
            startAnew(two);
            pool.create(tree("t1", 64 * MIB));
            Files.writeString(pool.activate("t1").resolve("file"), "precious");
            pool.deactivate("t1");
            pool.create(raw("v1", 64 * MIB));
            write("v1", 0, 8);
            flaky(loop, "flakey", "%s 0 0 3600 1 error_writes");
            assertThrows(IOException.class, () -> fill("v1", 60 * MIB));
            assertTimeoutPreemptively(Duration.ofSeconds(30), this::waitUntilRefused);

            pool.leave();
            leaveBaseUnfinished();
            pool = driver.start(two); // as the next daemon does

            assertEquals(List.of("t1", "v1"), names());
            assertEquals(8, read("v1", 0));
            assertEquals("precious", Files.readString(pool.activate("t1").resolve("file")));
            pool.deactivate("t1");
            refused(ErrorCode.OPERATION_INVALID, () -> pool.create(raw("v2", MIB)));
            refused(ErrorCode.OPERATION_INVALID, () -> pool.delete("v1"));
            setSize("data", 2 * DISK_BYTES);
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

    /** As left by a daemon that was killed while it made one. */
    private void leaveBaseUnfinished() {
        Path file = records().resolve("pool.db");
        try (SqliteThinRecords records = new SqliteThinRecords(file)) {
            ThinDevice base = records.devices().stream()
                    .filter(device -> device.role() == ThinRole.BASE)
                    .findFirst()
                    .orElseThrow();
            records.put(new ThinDevice(
                    base.name(),
                    base.deviceId(),
                    base.sizeBytes(),
                    null,
                    base.content(),
                    ThinDevice.Stage.CREATED,
                    ThinRole.UNFINISHED));
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

    /**
     * Overwrites the bitmap of used metadata blocks, which the superblock points to (drivers/md/dm-thin-metadata.c).
     */
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
}

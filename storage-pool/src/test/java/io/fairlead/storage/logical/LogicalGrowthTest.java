package io.fairlead.storage.logical;

import static io.fairlead.storage.driver.PoolBackendContract.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.thin.ThinPoolStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A live pool that gains space, and tells how full it is; runs in User-Mode Linux. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = {"mkfs.ext4", "thin_check"})
class LogicalGrowthTest extends LogicalPoolFixture {
    @Test
    void takeGrowth_whenTheOnlyDiskOfALivePoolHasGrown_usesItUnderWriters() throws Exception {
        pool.create(tree("t1", 64 * MIB));
        Path root = pool.activate("t1");
        long before = pool.usage().capacityBytes();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        AtomicBoolean enough = new AtomicBoolean();
        Future<Integer> written = writer.submit(() -> writeUntil(enough, root));
        setSize("disk", 2 * DISK_BYTES);

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

    @Test
    void takeGrowth_whenBothDevicesHaveGrown_usesBoth() throws Exception {
        PoolSpec two = spec(disk("data"), disk("metadata"));
        setSize("metadata", 8 * MIB);
        startAnew(two);
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 8);
        setSize("data", 3 * DISK_BYTES);
        setSize("metadata", 32 * MIB);

        pool.takeGrowth();

        assertEquals(3 * DISK_BYTES, pool.usage().capacityBytes());
        assertEquals(32 * MIB / ThinPoolStatus.METADATA_BLOCK_BYTES, metadataBlocks());
        assertEquals(8, read("v1", MIB));
        pool.create(raw("v2", 4 * MIB));
    }

    private static long metadataBlocks() throws IOException {
        try (KernelDeviceMapper deviceMapper = new KernelDeviceMapper()) {
            String name = "fairlead-" + UUID_OF_POOL.toString().replace("-", "");
            return ThinPoolStatus.parse(deviceMapper.status(name).get(0).parameters())
                    .totalMetadataBlocks();
        }
    }

    @Test
    void takeGrowth_whenADiskHasShrunk_saysSoAndLeavesThePoolAlone() throws Exception {
        long before = pool.usage().capacityBytes();
        setSize("disk", DISK_BYTES / 2);

        refused(ErrorCode.SYSTEM_ERROR, () -> pool.takeGrowth());

        setSize("disk", DISK_BYTES);
        pool.takeGrowth();
        assertEquals(before, pool.usage().capacityBytes());
    }

    @Test
    void start_whenADiskHasGrownWhileThePoolStood_usesIt() throws Exception {
        long before = pool.usage().capacityBytes();
        pool.create(raw("v1", 4 * MIB));
        setSize("disk", 2 * DISK_BYTES);

        pool.leave();
        pool = driver.start(spec(disk("disk"))); // as the next daemon does

        assertEquals(before + DISK_BYTES, pool.usage().capacityBytes());
        assertEquals(List.of("v1"), names());
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
}

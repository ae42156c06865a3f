package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.mount.FileSystemSize;
import io.fairlead.linux.quota.ProjectQuota;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes of trees in a pool on a file system that counts by project. */
abstract class SizesContract {
    private static final int MIB = 1 << 20;
    private static final String SNAPSHOT = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path scratch;

    private final PoolDriver driver = DirectoryDriver.all().get(1);
    private LoopDevice device;
    private PoolSpec spec;
    private PoolBackend pool;

    protected abstract String format();

    @BeforeEach
    void startPool() throws IOException {
        Path disk = scratch.resolve("disk");
        try (RandomAccessFile sparse = new RandomAccessFile(disk.toFile(), "rw")) {
            sparse.setLength(512L * MIB); // xfs makes none below 300 MiB
        }
        device = LoopDevices.attach(disk, false);
        PoolSpec.Source source = PoolSpec.Source.on(List.of(device.node()), Optional.of(format()));
        Optional<Path> target = Optional.of(scratch.resolve("pool"));
        spec = new PoolSpec(UUID.randomUUID(), "p1", "fs", source, target, Permissions.DEFAULT);
        driver.build(spec, PoolDriver.Build.OVERWRITE);
        pool = driver.start(spec);
    }

    @AfterEach
    void stopPool() {
        pool.scan().forEach(volume -> pool.deactivate(volume.name()));
        pool.stop();
        device.close();
    }

    private static VolumeSpec tree(String name, long bytes) {
        return new VolumeSpec(name, bytes, 0, VolumeSpec.TREE, Permissions.DEFAULT);
    }

    @Test
    void tree_whenItsSizeIsReached_takesNoMoreUntilItGrows() throws IOException {
        assertEquals(8 * MIB, pool.create(tree("root", 8 * MIB)).capacityBytes());
        Path root = pool.activate("root");

        Files.write(root.resolve("fits"), new byte[6 * MIB]);
        assertTooFull(root.resolve("too-much"));

        VolumeFacts full = pool.facts("root");
        assertTrue(full.allocationBytes() >= 6 * MIB && full.allocationBytes() <= 8 * MIB, full.toString());
        assertEquals(64 * MIB, pool.resize("root", 64 * MIB, false).capacityBytes());
        Files.write(root.resolve("fits-now"), new byte[32 * MIB]);
    }

    private static void assertTooFull(Path file) throws IOException {
        IOException refusal = assertThrows(IOException.class, () -> Files.write(file, new byte[8 * MIB]));
        String message = refusal.getMessage();
        assertTrue(message.matches(".*(No space left on device|Disk quota exceeded).*"), message);
        Files.delete(file);
    }

    @Test
    void tree_whenItHasASize_showsItAsItsDisk() throws IOException {
        pool.create(tree("root", 64 * MIB));
        assertEquals(64 * MIB, FileSystemSize.of(pool.activate("root")).totalBytes());
    }

    @Test
    void tree_withoutASize_hasNoneAndIsCountedAllTheSame() throws IOException {
        assertEquals(0, pool.create(tree("root", 0)).capacityBytes());
        Path root = pool.activate("root");

        Files.write(root.resolve("file"), new byte[32 * MIB]);

        assertTrue(pool.facts("root").allocationBytes() >= 32 * MIB);
        assertEquals(40 * MIB, pool.resize("root", 40 * MIB, false).capacityBytes());
        assertThrows(IOException.class, () -> Files.write(root.resolve("more"), new byte[16 * MIB]));
        pool.resize("root", 0, false);
        Files.write(root.resolve("more"), new byte[16 * MIB]);
    }

    @Test
    void copy_whenMade_countsForItselfAndItsOriginNoMoreForWhatTheyShare() throws IOException {
        pool.create(tree("base", 16 * MIB));
        Path base = pool.activate("base");
        Files.write(base.resolve("file"), new byte[12 * MIB]);
        pool.deactivate("base");

        Path copy = pool.copy(tree("copy", 20 * MIB), "base").path();

        assertNotEquals(project("base"), project("copy"));
        assertEquals(20 * MIB, pool.facts("copy").capacityBytes());
        assertEquals(16 * MIB, pool.facts("base").capacityBytes());
        assertTrue(pool.facts("base").allocationBytes() < MIB);
        Files.write(copy.resolve("own"), new byte[18 * MIB]);
        assertTooFull(copy.resolve("more"));
        Files.write(base.resolve("own"), new byte[14 * MIB]);
        assertTooFull(base.resolve("more"));
        Files.write(base.resolve("file"), new byte[1]); // from a layer
    }

    @Test
    void revert_whenResizedSince_givesBackTheSizeAndTheSpace() throws IOException {
        pool.create(tree("root", 16 * MIB));
        Path root = pool.activate("root");
        Files.write(root.resolve("file"), new byte[12 * MIB]);
        pool.snapshots().take("root", SNAPSHOT); // while active: copied
        pool.resize("root", 64 * MIB, false);
        Files.write(root.resolve("more"), new byte[40 * MIB]);
        pool.deactivate("root");

        pool.snapshots().revert("root", SNAPSHOT);

        assertEquals(16 * MIB, pool.facts("root").capacityBytes());
        assertTrue(pool.facts("root").allocationBytes() < MIB);
        assertEquals(12 * MIB, Files.size(root.resolve("file")));
        Files.write(root.resolve("more"), new byte[10 * MIB]);
        assertTooFull(root.resolve("too-much"));
    }

    @Test
    void start_whenStoppedBefore_keepsSizes() throws IOException {
        pool.create(tree("plain", 16 * MIB));
        pool.create(tree("root", 8 * MIB));
        Files.write(pool.activate("root").resolve("file"), new byte[6 * MIB]);
        pool.deactivate("root");
        pool.stop();

        pool = driver.start(spec);

        assertEquals(16 * MIB, pool.facts("plain").capacityBytes());
        assertEquals(8 * MIB, pool.facts("root").capacityBytes());
        assertTrue(pool.facts("root").allocationBytes() >= 6 * MIB);
        assertTooFull(pool.activate("root").resolve("more"));
    }

    @Test
    void delete_whenATreeHadASize_endsItsLimit() throws IOException {
        pool.create(tree("root", 8 * MIB));
        int plain = project("root");
        pool.activate("root");
        int layered = project("root");
        pool.deactivate("root");

        pool.delete("root");

        for (int project : List.of(plain, layered)) {
            assertEquals(new ProjectQuota(0, 0), ProjectQuota.of(scratch.resolve("pool"), project));
        }
    }

    private int project(String volume) throws IOException {
        Path record = scratch.resolve("pool/.fairlead/trees").resolve(volume);
        return new TreeRecord(record).project().orElseThrow();
    }
}

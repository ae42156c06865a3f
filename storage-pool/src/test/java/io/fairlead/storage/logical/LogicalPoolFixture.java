package io.fairlead.storage.logical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A pool of its own for each test, on disks that are files. */
abstract class LogicalPoolFixture {
    static final long MIB = 1 << 20;
    static final long DISK_BYTES = 512 * MIB;
    static final UUID UUID_OF_POOL = UUID.fromString("2c7b6d0e-53a1-4c1c-8a0f-6f1d2b9e4c55");

    @TempDir
    Path scratch;

    PoolDriver driver;
    PoolBackend pool;

    /** On one disk. */
    @BeforeEach
    void startPool() throws IOException {
        driver = new LogicalDriver(scratch.resolve("state"), scratch.resolve("run"), "test", ThinFileSystem.EXT4);
        driver.build(spec(disk("disk")), PoolDriver.Build.NO_OVERWRITE);
        pool = driver.start(spec(disk("disk")));
    }

    /** The same pool anew, on a disk for data and one for metadata. */
    final void startAnew(PoolSpec two) throws IOException {
        pool.stop();
        driver.delete(spec(disk("disk")));
        driver.build(two, PoolDriver.Build.NO_OVERWRITE);
        pool = driver.start(two);
    }

    @AfterEach
    void stopPool() throws IOException {
        for (VolumeFacts volume : pool.scan()) {
            pool.deactivate(volume.name());
        }
        pool.stop();
        removeWhatLiesBelow();
        try (KernelDeviceMapper deviceMapper = new KernelDeviceMapper()) {
            assertEquals(List.of(), deviceMapper.names(), "left behind by stop");
        }
    }

    /** Devices of the test's own, which the pool lay on. */
    void removeWhatLiesBelow() throws IOException {
        // files, by default: they detach by themselves
    }

    final PoolSpec spec(Path... devices) {
        PoolSpec.Source source = PoolSpec.Source.on(List.of(devices), Optional.empty());
        return new PoolSpec(
                UUID_OF_POOL, "p1", "logical", source, Optional.of(scratch.resolve("volumes")), Permissions.DEFAULT);
    }

    final Path disk(String name) throws IOException {
        Path file = scratch.resolve(name);
        if (!Files.exists(file)) {
            Files.createFile(file);
            setSize(name, DISK_BYTES);
        }
        return file;
    }

    final void setSize(String disk, long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(scratch.resolve(disk).toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    /** The kernel lets go of files on a thread of its own. */
    final void waitUntilDetached(String disk) throws IOException, InterruptedException {
        while (!LoopDevices.attachedBelow(disk(disk)).isEmpty()) {
            Thread.sleep(10);
        }
    }

    static VolumeSpec tree(String name, long bytes) {
        return new VolumeSpec(name, bytes, 0, VolumeSpec.TREE, Permissions.DEFAULT);
    }

    static VolumeSpec raw(String name, long bytes) {
        return new VolumeSpec(name, bytes, 0, VolumeSpec.RAW, Permissions.DEFAULT);
    }

    final List<String> names() {
        return pool.scan().stream().map(VolumeFacts::name).toList();
    }

    final void write(String volume, long at, int value) throws IOException {
        try (VolumeContent content = pool.open(volume, true)) {
            content.write(at, ByteBuffer.wrap(new byte[] {(byte) value}));
            content.sync();
        }
    }

    final int read(String volume, long at) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        try (VolumeContent content = pool.open(volume, false)) {
            assertEquals(1, content.read(at, one), "bytes read at " + at);
        }
        return one.get(0);
    }

    final Path records() {
        return scratch.resolve("state").resolve(UUID_OF_POOL.toString());
    }

    /** Writes to the volume until the pool has so much in use: one byte maps a block. */
    final void fill(String volume, long poolBytes) throws IOException {
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
}

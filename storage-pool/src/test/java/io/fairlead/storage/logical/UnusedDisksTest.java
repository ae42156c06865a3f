package io.fairlead.storage.logical;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP},
        programs = "mkfs.ext4")
class UnusedDisksTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    private Path disk(long bytes) throws IOException {
        Path file = folder.resolve("disk");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        return file;
    }

    @Test
    void find_ofABlankDisk_hasIt() throws IOException {
        try (LoopDevice loop = LoopDevices.attach(disk(64 * MIB), false)) {
            assertTrue(UnusedDisks.find().contains(loop.node()));
        }
    }

    @Test
    void find_ofADiskWithAFileSystem_leavesItOut() throws IOException {
        Path disk = disk(64 * MIB);
        Command.of("mkfs.ext4", "-q", disk.toString()).run().orThrow();
        try (LoopDevice loop = LoopDevices.attach(disk, false)) {
            assertFalse(UnusedDisks.find().contains(loop.node()));
        }
    }

    @Test
    void find_ofADiskThatIsTooSmallOrReadOnly_leavesItOut() throws IOException {
        try (LoopDevice loop = LoopDevices.attach(disk(MIB), false)) {
            assertFalse(UnusedDisks.find().contains(loop.node()));
        }
        try (LoopDevice loop = LoopDevices.attach(disk(64 * MIB), true)) {
            assertFalse(UnusedDisks.find().contains(loop.node()));
        }
    }
}

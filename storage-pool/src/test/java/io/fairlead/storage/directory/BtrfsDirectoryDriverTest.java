package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.LoopMount;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP, HostFeature.BTRFS},
        programs = "mkfs.btrfs")
class BtrfsDirectoryDriverTest extends DirectoryDriverContract {
    @TempDir
    Path temporary;

    private LoopMount mount;

    @Override
    protected Path scratch() throws IOException {
        if (mount == null) {
            mount = LoopMount.make(temporary, "btrfs", 256L << 20);
        }
        return mount.folder();
    }

    @AfterEach
    void unmount() throws IOException {
        mount.close();
    }

    @Test
    void tree_whenItsSizeIsReached_takesNoMore() throws IOException {
        VolumeFacts small = pool.create(new VolumeSpec("small", 8 * MIB, 0, VolumeSpec.TREE, Permissions.DEFAULT));

        assertEquals(8 * MIB, small.capacityBytes());
        assertThrows(IOException.class, () -> Files.write(small.path().resolve("big"), new byte[32 << 20]));
        assertEquals(64 * MIB, pool.resize("small", 64 * MIB, false).capacityBytes());
        Files.write(small.path().resolve("big"), new byte[32 << 20]);
    }

    @Test
    void copy_whenTheFileSystemShares_takesNoSpace() throws IOException {
        pool.create(new VolumeSpec("v1", 64 * MIB, 0, VolumeSpec.RAW, Permissions.DEFAULT));
        try (var content = pool.open("v1", true)) {
            content.write(0, java.nio.ByteBuffer.allocate(48 << 20));
            content.sync();
        }
        long before = pool.usage().allocationBytes();

        pool.copy(new VolumeSpec("v2", 64 * MIB, 0, VolumeSpec.RAW, Permissions.DEFAULT), "v1");

        assertTrue(pool.usage().allocationBytes() - before < 8 * MIB);
    }
}

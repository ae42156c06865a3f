package io.fairlead.linux.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost({HostFeature.ROOT, HostFeature.LOOP})
class BlockDeviceTest {
    private static final long BYTES = 3 << 20;

    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(BYTES);
        }
        return file;
    }

    private static BlockDevice of(LoopDevice loop) throws IOException {
        return BlockDevice.all().stream()
                .filter(device -> device.node().equals(loop.node()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void all_whenADeviceIsAttached_hasItWithItsSize() throws IOException {
        try (LoopDevice loop = LoopDevices.attach(file("disk"), false)) {
            BlockDevice device = of(loop);
            assertEquals(BYTES, device.sizeBytes());
            assertEquals("loop" + loop.index(), device.name());
            assertFalse(device.readOnly() || device.partitioned() || device.held(), device::toString);
        }
    }

    @Test
    void all_whenADeviceIsReadOnly_saysSo() throws IOException {
        try (LoopDevice loop = LoopDevices.attach(file("disk"), true)) {
            assertTrue(of(loop).readOnly());
        }
    }
}

package io.fairlead.thin;

import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.dm.DmTarget;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The pool on dm-thin itself. Runs in User-Mode Linux, whose kernel has it where the host's has not. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = "thin_check")
class KernelThinPoolTest extends ThinPoolContract {
    private static final long DATA_BYTES = 1 << 30;
    private static final long METADATA_BYTES = 16 << 20;

    @TempDir
    private Path folder;

    private LoopDevice data;
    private LoopDevice metadata;
    private KernelDeviceMapper deviceMapper;

    @Override
    protected ThinPool open() {
        try {
            if (deviceMapper == null) {
                deviceMapper = new KernelDeviceMapper();
                data = LoopDevices.attach(sparse("data", DATA_BYTES), false);
                metadata = LoopDevices.attach(sparse("metadata", METADATA_BYTES), false);
            }
            ThinPoolConfig config = new ThinPoolConfig(
                    "fairlead-test",
                    metadata.node().toString(),
                    data.node().toString(),
                    DATA_BYTES / DmTarget.SECTOR_BYTES,
                    128,
                    1024,
                    "test");
            ThinPlatform platform = new ThinPlatform(deviceMapper, new KernelNodes(folder), new KernelPoolMetadata());
            return ThinPool.open(config, platform, new SqliteThinRecords(folder.resolve("pool.db")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path sparse(String name, long bytes) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        return file;
    }

    @AfterEach
    void removeWhatWeMade() throws ErrnoException {
        if (deviceMapper == null) {
            return;
        }
        for (String name : deviceMapper.names()) {
            if (name.startsWith("fairlead-test-")) {
                deviceMapper.remove(name, false);
            }
        }
        deviceMapper.remove("fairlead-test", false);
        deviceMapper.close();
        data.close();
        metadata.close();
    }
}

package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.dm.DmTarget;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool on dm-thin itself. Runs in User-Mode Linux, whose kernel has dm-thin even if the host's lacks it. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = "thin_check")
class KernelThinPoolTest extends ThinPoolContract {
    private static final long DATA_BYTES = 256 << 20;
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
                    DATA_BYTES / DmTarget.SECTOR_BYTES / 2,
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

    @Test
    void write_whenThePoolIsFull_failsAtOnceAndDeletesAndStartsWork() throws IOException {
        ThinPool pool = open();
        pool.create("small", 64 * MIB, "");
        pool.create("greedy", 2 * DATA_BYTES, "");
        Path node = pool.activate("greedy");

        long begin = System.nanoTime();
        assertThrows(IOException.class, () -> fill(node));

        // A pool that queues would hold the writer for the kernel's 60 seconds.
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 45, "the writer was held");
        assertEquals(ThinPoolStatus.Mode.OUT_OF_DATA_SPACE, pool.status().mode());
        assertRefused(Reason.NO_SPACE, () -> pool.create("more", 64 * MIB, ""));
        pool.close();

        ThinPool again = open(); // a daemon starts on a full pool
        assertEquals(List.of("greedy", "small"), names(again));
        again.delete("greedy");
        again.create("more", 64 * MIB, "");
        assertEquals(ThinPoolStatus.Mode.READ_WRITE, again.status().mode());
    }

    /** Synchronously, so that the error reaches this writer and not a later sync; out of a cache it is EIO. */
    private static void fill(Path node) throws IOException {
        ByteBuffer megabyte = ByteBuffer.allocateDirect((int) MIB).put(0, (byte) 1);
        try (FileChannel channel = FileChannel.open(node, StandardOpenOption.WRITE, StandardOpenOption.DSYNC)) {
            for (long at = 0; at < 2 * DATA_BYTES; at += MIB) {
                channel.write(megabyte.rewind(), at);
            }
        }
    }

    /** The remembered facts of inactive devices agree with the kernel's. */
    @Test
    void mappedBytes_whateverHappensToADevice_isWhatItHasMapped() throws IOException {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        assertEquals(0, pool.mappedBytes("vm1"));

        write(pool.activate("vm1"), 0);
        assertEquals(MIB, pool.mappedBytes("vm1"));
        pool.snapshot("vm1", "while-active", 64 * MIB);
        pool.deactivate("vm1");
        assertEquals(MIB, pool.mappedBytes("vm1"));
        pool.snapshot("vm1", "while-not", 64 * MIB);
        assertEquals(MIB, pool.mappedBytes("while-active"));
        assertEquals(MIB, pool.mappedBytes("while-not"));

        write(pool.activate("while-not"), 8 * MIB);
        assertEquals(2 * MIB, pool.mappedBytes("while-not"));
        pool.deactivate("while-not");
        assertEquals(2 * MIB, pool.mappedBytes("while-not"));
        assertEquals(MIB, pool.mappedBytes("vm1"));
        pool.replace("vm1", "while-not");
        assertEquals(2 * MIB, pool.mappedBytes("vm1"));
        pool.close();

        assertEquals(2 * MIB, open().mappedBytes("vm1"));
    }

    private static void write(Path node, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(node, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocateDirect((int) MIB).put(0, (byte) 1), at);
            channel.force(true);
        }
    }

    @Test
    void resizePool_whenTheDataDeviceIsLarger_hasTheSpaceAtOnce() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        pool.activate("vm1");
        long before = pool.status().totalDataBlocks();

        pool.resizePool(DATA_BYTES / DmTarget.SECTOR_BYTES);

        assertEquals(before + 2048, pool.status().totalDataBlocks()); // the other half of 256 MiB in blocks of 64 KiB
    }

    @Test
    void devices_ofAPoolThatIsDown_areKnownAsSomebodys() throws IOException {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "raw");
        write(pool.activate("vm1"), 0);
        pool.stop();

        assertEquals(Optional.of("a thin pool's data"), BlockContent.owner(data.node()));
        assertEquals(Optional.of("a thin pool's metadata"), BlockContent.owner(metadata.node()));
        open();
    }

    @Test
    void stop_thenOpen_knowsItsDevicesAndItsIdentity() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "raw");
        pool.activate("vm1");
        pool.stop();

        assertEquals("raw", open().find("vm1").orElseThrow().content());
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

package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.device.BlockCache;
import io.fairlead.linux.device.DeviceNumber;
import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.dm.DmDevice;
import io.fairlead.linux.dm.DmTarget;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A metadata device whose writes begin to fail, or to be lost, under load; runs in User-Mode Linux, with dm-flakey. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = {"thin_check", "thin_dump"})
class FlakyMetadataTest {
    private static final long MIB = 1 << 20;
    private static final long DATA_BYTES = 256 * MIB;
    private static final long METADATA_BYTES = 16 * MIB;
    private static final String METADATA = "fairlead-flaky-meta";
    private static final String POOL = "fairlead-flaky";
    /** dm-flakey in a lasting bad phase: no seconds up, an hour down. */
    private static final String BAD = "%s 0 0 3600 1 %s";

    @TempDir
    private Path folder;

    private KernelDeviceMapper deviceMapper;
    private LoopDevice data;
    private LoopDevice metadata;
    private Path metadataNode;
    private ThinPool pool;

    @BeforeEach
    void makeDevices() throws IOException {
        deviceMapper = new KernelDeviceMapper();
        data = LoopDevices.attach(sparse("data", DATA_BYTES), false);
        metadata = LoopDevices.attach(sparse("metadata", METADATA_BYTES), false);
        deviceMapper.create(METADATA, METADATA);
        DmDevice mapped = metadataIs("linear", "%s 0");
        metadataNode = new KernelNodes(folder).make(METADATA, mapped.major(), mapped.minor());
        pool = open();
    }

    private Path sparse(String name, long bytes) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        return file;
    }

    private DmDevice metadataIs(String target, String parameters) throws IOException {
        String below = DeviceNumber.of(metadata.node()).orElseThrow().toString();
        DmTarget table = new DmTarget(0, METADATA_BYTES / DmTarget.SECTOR_BYTES, target, parameters.formatted(below));
        deviceMapper.load(METADATA, List.of(table));
        if (deviceMapper.find(METADATA).orElseThrow().live()) {
            deviceMapper.suspend(METADATA);
        }
        return deviceMapper.resume(METADATA);
    }

    private void metadataIsBad(String how) throws IOException {
        metadataIs("flakey", BAD.formatted("%s", how));
    }

    private ThinPool open() {
        ThinPoolConfig config = new ThinPoolConfig(
                POOL,
                metadataNode.toString(),
                data.node().toString(),
                DATA_BYTES / DmTarget.SECTOR_BYTES,
                128,
                1024,
                "test");
        ThinPlatform platform = new ThinPlatform(deviceMapper, new KernelNodes(folder), new KernelPoolMetadata());
        SqliteThinRecords records = new SqliteThinRecords(folder.resolve("pool.db"));
        try {
            return ThinPool.open(config, platform, records);
        } catch (ThinPoolException e) {
            records.close();
            throw e;
        }
    }

    @AfterEach
    void removeDevices() throws IOException {
        pool.close();
        metadataIs("linear", "%s 0");
        for (String name : deviceMapper.names()) {
            if (name.startsWith(POOL + "-") && !name.equals(METADATA)) {
                deviceMapper.remove(name, false);
            }
        }
        if (deviceMapper.find(POOL).isPresent()) {
            deviceMapper.remove(POOL, false);
        }
        deviceMapper.remove(METADATA, false);
        deviceMapper.close();
        data.close();
        metadata.close();
    }

    @Test
    void pool_whenMetadataWritesFailUnderLoad_readsRefusesAndIsWholeAfterTheRepair() throws Exception {
        pool.create("vm1", 128 * MIB, "");
        pool.create("vm2", 64 * MIB, "");
        Path node = pool.activate("vm1");
        writeBlock(node, 0, 7);
        BlockingQueue<PoolLevel> levels = new LinkedBlockingQueue<>();
        ThinPoolWatcher watcher = new ThinPoolWatcher(pool, deviceMapper, (before, now, status) -> levels.add(now));

        metadataIsBad("error_writes");
        assertThrows(IOException.class, () -> {
            for (long at = MIB; at < 128 * MIB; at += MIB) {
                writeBlock(node, at, 8);
            }
        });

        awaitBroken();
        assertEquals(PoolLevel.BROKEN, levels.poll(15, TimeUnit.SECONDS));
        watcher.close();
        assertEquals(7, readBlock(node, 0));
        assertAllChangesRefused();
        pool.close();
        pool = open(); // so does the next daemon
        assertEquals(List.of("vm1", "vm2"), ThinPoolContract.names(pool));
        assertEquals(7, readBlock(pool.activate("vm1"), 0));
        assertAllChangesRefused();

        metadataIs("linear", "%s 0");
        assertAllChangesRefused(); // a device that is well again mends nothing by itself
        pool.stop();
        Command.of("thin_check", metadataNode.toString()).run().orThrow();
        Command.of("thin_check", "--clear-needs-check-flag", metadataNode.toString())
                .run()
                .orThrow();
        pool = open();
        assertEquals(ThinPoolStatus.Mode.READ_WRITE, pool.status().mode());
        assertEquals(List.of("vm1", "vm2"), ThinPoolContract.names(pool));
        assertEquals(7, readBlock(pool.activate("vm1"), 0));
        pool.create("vm3", 64 * MIB, "");
        pool.delete("vm2");
        assertRecordsAndPoolAgree();
    }

    private void awaitBroken() {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (pool.status().takesMessages()) {
                Thread.sleep(50);
            }
        });
    }

    private void assertAllChangesRefused() {
        List<String> before = ThinPoolContract.names(pool);
        ThinPoolContract.assertRefused(Reason.NEEDS_REPAIR, () -> pool.create("vm9", 64 * MIB, ""));
        ThinPoolContract.assertRefused(Reason.NEEDS_REPAIR, () -> pool.snapshot("vm1", "vm9", 128 * MIB));
        ThinPoolContract.assertRefused(Reason.NEEDS_REPAIR, () -> pool.delete("vm2"));
        ThinPoolContract.assertRefused(Reason.NEEDS_REPAIR, () -> pool.discard("vm2"));
        ThinPoolContract.assertRefused(Reason.NEEDS_REPAIR, () -> pool.resizePool(DATA_BYTES / DmTarget.SECTOR_BYTES));
        assertEquals(before, ThinPoolContract.names(pool));
    }

    @Test
    void pool_whenMetadataWritesAreLostUnnoticed_namesWhatIsGoneAndAgreesAgain() throws Exception {
        pool.create("vm1", 64 * MIB, "");
        writeBlock(pool.activate("vm1"), 0, 7);
        assertTrue(pool.status().takesMessages());

        metadataIsBad("drop_writes");
        pool.create("vm2", 64 * MIB, ""); // reported, but on no disk
        writeBlock(pool.activate("vm2"), 0, 8);
        pool.stop();
        metadataIs("linear", "%s 0");

        pool = open();
        assertEquals(ThinDevice.Stage.LOST, pool.find("vm2").orElseThrow().stage());
        ThinPoolContract.assertRefused(Reason.NO_DEVICE, () -> pool.activate("vm2"));
        assertEquals(7, readBlock(pool.activate("vm1"), 0));
        pool.delete("vm2");
        pool.create("vm2", 64 * MIB, "");
        assertRecordsAndPoolAgree();
    }

    @Test
    void pool_whenTheMetadataDeviceIsDead_isListedAndStoppedAllTheSame() throws Exception {
        pool.create("vm1", 128 * MIB, "");
        pool.create("vm2", 64 * MIB, "");
        Path node = pool.activate("vm1");
        writeBlock(node, 0, 7);

        metadataIs("flakey", "%s 0 0 3600");
        assertThrows(IOException.class, () -> {
            for (long at = MIB; at < 128 * MIB; at += MIB) {
                writeBlock(node, at, 8);
            }
        });

        awaitBroken();
        assertEquals(ThinPoolStatus.Mode.FAILED, pool.status().mode());
        assertAllChangesRefused();
        pool.close();
        pool = open();
        assertEquals(List.of("vm1", "vm2"), ThinPoolContract.names(pool));
        assertEquals(0, pool.mappedBytes("vm1"));
        assertEquals(0, pool.mappedBytes("vm2"));
        ThinPoolContract.assertRefused(Reason.NEEDS_REPAIR, () -> pool.activate("vm2"));
        assertAllChangesRefused();
        pool.stop();

        ThinPoolContract.assertRefused(Reason.IO, this::open);
        metadataIs("linear", "%s 0");
        pool = open();
        assertEquals(7, readBlock(pool.activate("vm1"), 0));
        assertRecordsAndPoolAgree();
    }

    /** Takes the pool down for a look at its metadata. */
    private void assertRecordsAndPoolAgree() throws IOException {
        Set<Integer> recorded =
                pool.devices().stream().map(ThinDevice::deviceId).collect(Collectors.toCollection(TreeSet::new));
        recorded.add(PoolIdentity.DEVICE_ID);
        pool.stop();
        String dump = Command.of("thin_dump", "--skip-mappings", metadataNode.toString())
                .run()
                .orThrow()
                .output();
        Set<Integer> found = Pattern.compile("dev_id=\"(\\d+)\"")
                .matcher(dump)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(recorded, found);
        pool = open();
    }

    private static void writeBlock(Path node, long at, int value) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(4096).put(0, (byte) value);
        try (FileChannel channel = FileChannel.open(node, StandardOpenOption.WRITE, StandardOpenOption.DSYNC)) {
            channel.write(block, at);
            channel.force(true); // a flush makes the pool commit
        }
    }

    private static int readBlock(Path node, long at) throws IOException {
        BlockCache.drop(node);
        ByteBuffer block = ByteBuffer.allocate(4096);
        try (FileChannel channel = FileChannel.open(node, StandardOpenOption.READ)) {
            channel.read(block, at);
        }
        return block.get(0);
    }
}

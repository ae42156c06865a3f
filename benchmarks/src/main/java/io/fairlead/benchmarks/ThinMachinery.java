package io.fairlead.benchmarks;

import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.linux.device.DeviceNumber;
import io.fairlead.linux.dm.DmDevice;
import io.fairlead.linux.dm.DmTarget;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.logical.LogicalDriver;
import io.fairlead.storage.logical.ThinFileSystem;
import io.fairlead.storage.pool.Pool;
import io.fairlead.storage.pool.Storage;
import io.fairlead.storage.pool.Volume;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.storage.StoragePoolDocument;
import io.fairlead.xml.storage.VolumeRequest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One thin pool, and two ways to make a clone in it that a container could use: the engine's, as a client's calls reach
 * it, and the bare system calls. Both clones are removed after they were timed.
 */
final class ThinMachinery {
    private static final String POOL = "thin";
    private static final UUID POOL_UUID = UUID.fromString("5b0cbb5e-7a61-4d4e-9a52-0a7c6c1f3b11");
    private static final String DM_POOL = "fairlead-" + POOL_UUID.toString().replace("-", "");
    private static final long DATA_BYTES = 4L << 30;
    private static final long METADATA_BYTES = 64L << 20;
    private static final double NANOS_PER_MILLI = 1e6;
    /** Above the engine's own numbers, which start at 1. */
    private static final int BARE_ID = 1 << 23;

    private final Storage storage;
    private final Pool pool;
    private final KernelDeviceMapper deviceMapper;
    private final Path bareNode;
    private final Path bareMount;
    private int serial;

    private ThinMachinery(Storage storage, Pool pool, KernelDeviceMapper deviceMapper, Path folder) throws IOException {
        this.storage = storage;
        this.pool = pool;
        this.deviceMapper = deviceMapper;
        this.bareNode = folder.resolve("bare-node");
        this.bareMount = Files.createDirectory(folder.resolve("bare"));
    }

    static ThinMachinery start(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path data = disk(folder.resolve("data"), DATA_BYTES);
        Path metadata = disk(folder.resolve("metadata"), METADATA_BYTES);
        PoolDriver driver =
                new LogicalDriver(folder.resolve("state"), folder.resolve("run"), "benchmark", ThinFileSystem.EXT4);
        Storage storage = Storage.open(
                folder.resolve("pools"),
                folder.resolve("active"),
                new PoolDrivers(List.of(driver)),
                new DurableFiles(),
                new EventBus(Clock.systemUTC()));
        String xml =
                "<pool type='logical'><name>%s</name><uuid>%s</uuid><source><device path='%s'/><device path='%s'/></source><target><path>%s</path></target></pool>"
                        .formatted(POOL, POOL_UUID, data, metadata, folder.resolve("volumes"));
        Pool pool = storage.lifecycle().create(StoragePoolDocument.parse(xml), Optional.of(PoolDriver.Build.OVERWRITE));
        return new ThinMachinery(storage, pool, new KernelDeviceMapper(), folder);
    }

    private static Path disk(Path file, long bytes) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        return file;
    }

    void makeImage(String name, long bytes, int contentBytes) throws IOException {
        storage.volumes().create(pool, request(name, bytes));
        UUID guest = UUID.randomUUID();
        Path tree = acquire(guest, name);
        byte[] piece = new byte[1 << 20];
        for (int i = 0; i < contentBytes / piece.length; i++) {
            Files.write(tree.resolve("file" + i), piece);
        }
        storage.guests().release(guest);
    }

    void crowd(String image, int count) {
        for (int i = 0; i < count; i++) {
            clone(image, request("crowd" + i, 0));
        }
    }

    private Volume clone(String image, VolumeRequest request) {
        return storage.volumes().copy(pool, request, volume(image));
    }

    private static VolumeRequest request(String name, long bytes) {
        return VolumeRequest.parse(
                "<volume><name>%s</name><capacity>%d</capacity><target><format type='dir'/></target></volume>"
                        .formatted(name, bytes));
    }

    private Volume volume(String name) {
        return storage.lookups().byName(pool, name);
    }

    private Path acquire(UUID guest, String volume) {
        VolumeSource source = new VolumeSource(POOL, volume);
        return storage.guests().acquire(guest, List.of(source)).get(source).path();
    }

    /** Milliseconds of the engine's way. */
    double ours(String image) {
        String name = "clone" + ++serial;
        VolumeRequest request = request(name, 0);
        UUID guest = UUID.randomUUID();
        long begin = System.nanoTime();
        Volume clone = clone(image, request);
        acquire(guest, name);
        double millis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
        storage.guests().release(guest);
        storage.volumes().delete(clone, true, false);
        return millis;
    }

    /** Milliseconds of the bare way. */
    double bare(String image) throws IOException {
        int id = BARE_ID + ++serial;
        int origin = Integer.parseInt(volume(image).facts().key().replaceFirst(".*-", ""));
        long sectors = volume(image).facts().capacityBytes() / DmTarget.SECTOR_BYTES;
        DmDevice standing = deviceMapper.find(DM_POOL).orElseThrow();
        String name = DM_POOL + "-bare";
        long begin = System.nanoTime();
        deviceMapper.message(DM_POOL, 0, "create_snap %d %d".formatted(id, origin));
        DmDevice device = deviceMapper.create(name, name);
        String parameters = "%d:%d %d".formatted(standing.major(), standing.minor(), id);
        deviceMapper.load(name, List.of(new DmTarget(0, sectors, "thin", parameters)));
        deviceMapper.resume(name);
        new DeviceNumber(DeviceNumber.Type.BLOCK, device.major(), device.minor()).makeNode(bareNode, 0600);
        Mounts.mount(bareNode.toString(), bareMount, "ext4", Set.of(MountFlag.NO_ATIME), "");
        double millis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
        Mounts.unmount(bareMount);
        Files.delete(bareNode);
        deviceMapper.remove(name, false);
        deviceMapper.message(DM_POOL, 0, "delete " + id);
        return millis;
    }
}

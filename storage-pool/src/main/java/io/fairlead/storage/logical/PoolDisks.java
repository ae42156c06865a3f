package io.fairlead.storage.logical;

import io.fairlead.linux.device.DeviceNumber;
import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.dm.DeviceMapper;
import io.fairlead.linux.dm.DmDevice;
import io.fairlead.linux.dm.DmTarget;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.thin.KernelNodes;
import io.fairlead.thin.ThinPoolStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data and the metadata device of a pool. Two source devices are taken whole, the first for data; of a single one
 * the front becomes metadata, through linear mappings. A file stands in for a device through a loop device.
 */
final class PoolDisks implements AutoCloseable {
    static final int BLOCK_BYTES = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(PoolDisks.class);
    private static final long ALIGNMENT = 4L << 20;
    private static final long METADATA_MAX = 16L << 30; // more the kernel does not use
    /** Per block of data, from the kernel's document; and twice that, for copies that come to differ. */
    private static final int METADATA_PER_BLOCK = 2 * 48;

    private final String name;
    private final DeviceMapper deviceMapper;
    private final KernelNodes nodes;
    private final List<LoopDevice> loops = new ArrayList<>();
    private final List<Path> devices = new ArrayList<>();
    /** Files by the index of the loop device in front of each. */
    private final Map<Integer, Path> files = new TreeMap<>();

    private final long front;
    private final boolean split;
    private final Path data;
    private final Path metadata;

    /**
     * Takes over the devices that an earlier daemon left standing.
     *
     * @param front how much of a single device is metadata; decided when the pool is built, since the device may grow
     * @param nodeFolder for nodes of linear mappings
     */
    PoolDisks(String name, List<Path> sources, long front, DeviceMapper deviceMapper, Path nodeFolder)
            throws IOException {
        this.name = name;
        this.deviceMapper = deviceMapper;
        this.nodes = new KernelNodes(nodeFolder);
        this.front = front;
        this.split = sources.size() == 1;
        for (Path source : sources) {
            devices.add(Files.isRegularFile(source) ? attach(source) : source);
        }
        if (split) {
            metadata = linear("meta", devices.get(0), 0, front);
            data = linearData();
        } else {
            data = devices.get(0);
            metadata = devices.get(1);
        }
    }

    /** How much of a single device should be metadata. @throws IOException if it is too small for a pool */
    static long metadataBytes(Path device) throws IOException {
        long total = sizeBytes(device);
        long wanted = total / BLOCK_BYTES * METADATA_PER_BLOCK;
        long front = Math.min(METADATA_MAX, Math.max(1, (wanted + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT);
        if (total < 4 * front) {
            throw new IOException("%s has %d bytes (expected: at least %d)".formatted(device, total, 4 * front));
        }
        return front;
    }

    private Path attach(Path file) throws IOException {
        LOG.warn(
                "pool device {} is a file: good for development, slow and unsafe with real data; use a block device",
                file);
        for (Map.Entry<Integer, Path> attached :
                LoopDevices.attachedBelow(file.toRealPath()).entrySet()) {
            files.put(attached.getKey(), attached.getValue());
            return LoopDevices.node(attached.getKey());
        }
        LoopDevice loop = LoopDevices.attach(file.toRealPath(), false);
        loops.add(loop);
        files.put(loop.index(), file.toRealPath());
        return loop.node();
    }

    /**
     * Extends the data and metadata devices over the space that their sources have gained. The caller tells the pool on
     * them.
     *
     * @throws IOException if a source has become smaller: the data at its end are lost; nothing is done about it
     */
    void adoptSizes() throws IOException {
        for (Map.Entry<Integer, Path> file : files.entrySet()) {
            requireNotSmaller(file.getValue(), sizeBytes(LoopDevices.node(file.getKey())));
            LoopDevices.adoptSize(file.getKey());
        }
        if (split) {
            requireNotSmaller(devices.get(0), front + sizeBytes(data));
            linearData();
        }
    }

    private static void requireNotSmaller(Path source, long before) throws IOException {
        long now = sizeBytes(source);
        if (now < before) {
            throw new IOException("%s has shrunk to %d bytes (expected: at least %d)".formatted(source, now, before));
        }
    }

    private Path linearData() throws IOException {
        return linear("data", devices.get(0), front, sizeBytes(devices.get(0)) - front);
    }

    private Path linear(String part, Path device, long from, long bytes) throws IOException {
        String mapped = name + "-" + part;
        DeviceNumber number = DeviceNumber.of(device)
                .orElseThrow(() -> new IOException("%s is neither a block device nor a file".formatted(device)));
        Optional<DmDevice> standing = deviceMapper.find(mapped);
        if (standing.isEmpty()) {
            deviceMapper.create(mapped, mapped);
        }
        long sectors = bytes / DmTarget.SECTOR_BYTES;
        boolean live = standing.filter(DmDevice::live).isPresent();
        if (!live || deviceMapper.table(mapped).get(0).sectors() < sectors) {
            String parameters = "%s %d".formatted(number, from / DmTarget.SECTOR_BYTES);
            deviceMapper.load(mapped, List.of(new DmTarget(0, sectors, "linear", parameters)));
            if (live) {
                deviceMapper.suspend(mapped);
            }
            standing = Optional.of(deviceMapper.resume(mapped));
        }
        return nodes.make(mapped, standing.get().major(), standing.get().minor());
    }

    Path data() {
        return data;
    }

    Path metadata() {
        return metadata;
    }

    /** Whole blocks only. */
    long dataSectors() throws IOException {
        return sizeBytes(data) / BLOCK_BYTES * (BLOCK_BYTES / DmTarget.SECTOR_BYTES);
    }

    /** As many as the kernel would use. */
    long metadataBlocks() throws IOException {
        long blocks = sizeBytes(metadata) / ThinPoolStatus.METADATA_BLOCK_BYTES;
        return Math.min(blocks, ThinPoolStatus.METADATA_BLOCKS_MAX);
    }

    static long sizeBytes(Path device) throws IOException {
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
            return channel.size();
        }
    }

    /** Undoes the constructor's work; the pool is down. */
    void takeDown() throws ErrnoException {
        if (split) {
            for (String part : List.of("meta", "data")) {
                String mapped = name + "-" + part;
                nodes.remove(mapped);
                if (deviceMapper.find(mapped).isPresent()) {
                    deviceMapper.remove(mapped, false);
                }
            }
        }
        close();
    }

    /** Lets go of files: their loop devices stay for as long as a pool stands on them. */
    @Override
    public void close() {
        loops.forEach(LoopDevice::close);
    }
}

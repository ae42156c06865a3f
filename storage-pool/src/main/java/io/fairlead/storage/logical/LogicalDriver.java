package io.fairlead.storage.logical;

import static io.fairlead.storage.logical.LogicalErrors.tried;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.LoopRivals;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.thin.KernelNodes;
import io.fairlead.thin.KernelPoolMetadata;
import io.fairlead.thin.PoolFormat;
import io.fairlead.thin.SqliteThinRecords;
import io.fairlead.thin.ThinPlatform;
import io.fairlead.thin.ThinPool;
import io.fairlead.thin.ThinPoolConfig;
import io.fairlead.thin.ThinPoolWatcher;
import io.fairlead.thin.ThinRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Pools of the type {@code logical}. The source is one device, or two of which the second holds metadata; a file will
 * do for development. The records of a pool lie in the state folder: together with its devices they are the pool.
 */
public final class LogicalDriver implements PoolDriver {
    /** The prefix of all our names in the device mapper. */
    static final String DM_PREFIX = "fairlead-";

    private static final String RECORDS = "pool.db";
    private static final int SECTORS_PER_BLOCK = PoolDisks.BLOCK_BYTES / 512;
    /** The kernel tells us when less than this part is free; the levels begin at 70 %. */
    private static final int LOW_WATER_PERCENT = 30;

    private final Path stateFolder;
    private final Path runFolder;
    private final String owner;
    private final ThinFileSystem fileSystem;

    /**
     * @param stateFolder keeps a folder per pool for good
     * @param runFolder keeps nodes, and mounts of pools without a target path, while the machine runs
     * @param owner our name, for the next owner of the disks
     * @param fileSystem of new trees
     */
    public LogicalDriver(Path stateFolder, Path runFolder, String owner, ThinFileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.stateFolder = stateFolder;
        this.runFolder = runFolder;
        this.owner = owner;
    }

    @Override
    public String type() {
        return "logical";
    }

    @Override
    public List<PoolSpec.Source> findSources(Optional<PoolSpec.Source> where) {
        return tried("look for unused disks", UnusedDisks::find).stream()
                .map(disk -> PoolSpec.Source.on(List.of(disk), Optional.empty()))
                .toList();
    }

    @Override
    public void check(PoolSpec spec) {
        List<Path> devices = spec.source().devices();
        if (devices.isEmpty() || devices.size() > 2) {
            throw StorageErrors.of(
                    ErrorCode.CONFIG_UNSUPPORTED,
                    "storage pool '%s' has %d source devices (expected: one, or one for data and one for metadata)"
                            .formatted(spec.name(), devices.size()));
        }
        spec.requirePlainTarget();
        if (!devices.stream().allMatch(Path::isAbsolute)) {
            throw StorageErrors.of(
                    ErrorCode.XML_ERROR,
                    "storage pool '%s' has a source device that is not absolute".formatted(spec.name()));
        }
    }

    @Override
    public void build(PoolSpec spec, Build build) {
        Path records = records(spec);
        if (build == Build.PLAIN && Files.exists(records)) {
            return;
        }
        tried("build pool '%s'".formatted(spec.name()), () -> {
            List<Path> metadataLast = new ArrayList<>(spec.source().devices());
            PoolFormat.format(metadataLast, build == Build.OVERWRITE);
            Files.createDirectories(records.getParent());
            deleteRecords(records);
            if (metadataLast.size() == 1) {
                String front = Long.toString(PoolDisks.metadataBytes(metadataLast.get(0)));
                DurableFile.write(front(spec), front.getBytes(US_ASCII), 0600);
            }
            new SqliteThinRecords(records).close();
            return null;
        });
    }

    private Path records(PoolSpec spec) {
        return stateFolder.resolve(spec.uuid().toString()).resolve(RECORDS);
    }

    /** Keeps how much of a single device is metadata. */
    private Path front(PoolSpec spec) {
        return records(spec).resolveSibling("metadata-bytes");
    }

    private static void deleteRecords(Path records) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(records + suffix));
        }
    }

    @Override
    public PoolBackend start(PoolSpec spec) {
        Path records = records(spec);
        if (!Files.exists(records)) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID,
                    "storage pool '%s' has not been built, or its records in %s are lost"
                            .formatted(spec.name(), records));
        }
        return tried("start pool '%s'".formatted(spec.name()), () -> {
            for (Path device : spec.source().devices()) {
                LoopRivals.requireNone(device);
            }
            KernelDeviceMapper deviceMapper = deviceMapper();
            try {
                return start(spec, records, deviceMapper);
            } catch (IOException | RuntimeException e) {
                deviceMapper.close();
                throw e;
            }
        });
    }

    private static KernelDeviceMapper deviceMapper() throws IOException {
        try {
            return new KernelDeviceMapper();
        } catch (ErrnoException e) {
            throw new IOException(
                    "the kernel's device mapper cannot be reached (modprobe dm-thin-pool): " + e.getMessage(), e);
        }
    }

    private PoolBackend start(PoolSpec spec, Path recordsFile, KernelDeviceMapper deviceMapper) throws IOException {
        String dmName = DM_PREFIX + spec.uuid().toString().replace("-", "");
        Path run = Files.createDirectories(runFolder.resolve(spec.uuid().toString()));
        Path nodes = Files.createDirectories(run.resolve("nodes"));
        Path folder = Files.createDirectories(spec.target().orElse(run.resolve("volumes")));
        List<Path> devices = spec.source().devices();
        long front = devices.size() == 1
                ? Long.parseLong(Files.readString(front(spec)).strip())
                : 0;
        PoolDisks disks = new PoolDisks(dmName, devices, front, deviceMapper, nodes);
        ThinPool pool = opened(recordsFile, disks, deviceMapper, dmName, nodes);
        FillAlarm alarm = new FillAlarm(spec.name());
        ThinPoolWatcher watcher = new ThinPoolWatcher(pool, deviceMapper, alarm);
        PoolHandles handles = new PoolHandles(watcher, disks, deviceMapper);
        try {
            PoolGrowth growth = new PoolGrowth(spec.name(), pool, disks);
            growth.takeIfPossible();
            ThinTrees trees = new ThinTrees(pool, folder, run.resolve("work"), fileSystem);
            return new LogicalBackend(spec.uuid(), pool, growth, alarm, trees, folder, handles);
        } catch (RuntimeException e) {
            letGo(pool, handles, e);
            throw e;
        }
    }

    private ThinPool opened(
            Path recordsFile, PoolDisks disks, KernelDeviceMapper deviceMapper, String dmName, Path nodes)
            throws IOException {
        SqliteThinRecords records = null;
        try {
            records = new SqliteThinRecords(recordsFile);
            return ThinPool.open(
                    config(dmName, disks),
                    new ThinPlatform(deviceMapper, new KernelNodes(nodes), new KernelPoolMetadata()),
                    records);
        } catch (IOException | RuntimeException e) {
            if (records != null) {
                records.close();
            }
            takeDownUnlessStanding(disks, deviceMapper, dmName);
            throw e;
        }
    }

    /** Takes down a pool that is up but unusable; it stays up while a container uses a volume of it. */
    private static void letGo(ThinPool pool, PoolHandles handles, RuntimeException failure) {
        try {
            pool.stop();
            handles.takeDown();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
            pool.close();
            handles.close();
        }
    }

    private static void takeDownUnlessStanding(PoolDisks disks, KernelDeviceMapper deviceMapper, String dmName)
            throws IOException {
        if (deviceMapper.find(dmName).isPresent()) {
            disks.close();
        } else {
            disks.takeDown();
        }
    }

    private ThinPoolConfig config(String dmName, PoolDisks disks) throws IOException {
        long sectors = disks.dataSectors();
        long lowWater = sectors / SECTORS_PER_BLOCK * LOW_WATER_PERCENT / 100;
        return new ThinPoolConfig(
                dmName,
                disks.metadata().toString(),
                disks.data().toString(),
                sectors,
                SECTORS_PER_BLOCK,
                lowWater,
                owner);
    }

    @Override
    public void delete(PoolSpec spec) {
        tried("delete pool '%s'".formatted(spec.name()), () -> {
            Path records = records(spec);
            if (Files.exists(records)) {
                requireNoVolumes(spec, records);
                List<Path> devices = new ArrayList<>(spec.source().devices());
                Collections.reverse(devices); // metadata first: without them the rest is nothing
                PoolFormat.format(devices, true);
                deleteRecords(records);
                Files.deleteIfExists(front(spec));
                Files.delete(records.getParent());
            }
            return null;
        });
    }

    private static void requireNoVolumes(PoolSpec spec, Path file) {
        try (SqliteThinRecords records = new SqliteThinRecords(file)) {
            long volumes = records.devices().stream()
                    .filter(device -> device.role() == ThinRole.VOLUME || device.role() == ThinRole.LAYER)
                    .count();
            if (volumes > 0) {
                throw StorageErrors.of(
                        ErrorCode.OPERATION_INVALID,
                        "storage pool '%s' has %d volumes and layers of images; delete them first"
                                .formatted(spec.name(), volumes));
            }
        }
    }
}

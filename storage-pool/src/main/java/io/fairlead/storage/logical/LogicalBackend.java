package io.fairlead.storage.logical;

import static io.fairlead.storage.logical.LogicalErrors.tried;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.mount.FileSystemGrowth;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.LayerStore;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolFill;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.driver.VolumeSnapshots;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.driver.VolumeTimes;
import io.fairlead.thin.ThinDevice;
import io.fairlead.thin.ThinPool;
import io.fairlead.thin.ThinPoolException;
import io.fairlead.thin.ThinPoolStatus;
import io.fairlead.thin.ThinRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One active thin pool. Space is taken only when it is written, so a wish to allocate at once has no effect. */
final class LogicalBackend implements PoolBackend {
    private static final Logger LOG = LoggerFactory.getLogger(LogicalBackend.class);
    /** A tree of no given size: the pool's own fill is the limit that counts, but ext4 needs one. */
    private static final long TREE_BYTES = 10L << 30;

    private static final long ROUNDING = 4096;
    private static final List<String> RESERVED =
            List.of(ThinTrees.BASE_PREFIX, ThinSnapshots.PREFIX, ThinSnapshots.UNFINISHED_PREFIX, ThinLayers.PREFIX);

    private final UUID uuid;
    private final ThinPool pool;
    private final ThinTrees trees;
    private final ThinSnapshots snapshots;
    private final ThinLayers layers;
    private final PoolGrowth growth;
    private final FillAlarm alarm;
    private final Path folder;
    private final PoolHandles handles;
    private final ActiveVolumes active;

    LogicalBackend(
            UUID uuid,
            ThinPool pool,
            PoolGrowth growth,
            FillAlarm alarm,
            ThinTrees trees,
            Path folder,
            PoolHandles handles) {
        this.uuid = uuid;
        this.pool = pool;
        this.growth = growth;
        this.alarm = alarm;
        this.folder = folder;
        this.trees = trees;
        this.handles = handles;
        this.active = new ActiveVolumes(pool, trees, folder);
        this.snapshots = new ThinSnapshots(pool, this::prepareRevert);
        this.layers = new ThinLayers(pool, trees, new Volumes(), TREE_BYTES);
        if (pool.status().takesMessages()) { // else the remains can wait for the pool's repair
            tried("sweep the pool", () -> {
                sweep();
                return null;
            });
        }
    }

    private void sweep() throws IOException {
        trees.sweep();
        for (ThinDevice device : pool.devices()) {
            if (device.role() == ThinRole.UNFINISHED) {
                LOG.warn("removing {} of pool {}, which an earlier daemon did not finish", device.name(), uuid);
                pool.discard(device.name());
            }
        }
        snapshots.sweep();
    }

    private final class Volumes implements ThinLayers.Volumes {
        @Override
        public ThinDevice existing(String volume) {
            return LogicalBackend.this.existing(volume);
        }

        @Override
        public VolumeFacts copy(VolumeSpec spec, ThinDevice origin) {
            return LogicalBackend.this.copy(spec, origin);
        }
    }

    @Override
    public PoolUsage usage() {
        return tried("look at the pool", () -> {
            ThinPoolStatus status = pool.status();
            long capacity = status.totalDataBlocks() * PoolDisks.BLOCK_BYTES;
            long used = status.usedDataBlocks() * PoolDisks.BLOCK_BYTES;
            return new PoolUsage(capacity, used, capacity - used);
        });
    }

    @Override
    public Permissions permissions() {
        return tried("look at " + folder, () -> Permissions.of(folder));
    }

    @Override
    public Optional<PoolFill> fill() {
        return tried("look at the pool", () -> {
            ThinPoolStatus status = pool.status();
            return Optional.of(new PoolFill(
                    alarm.level(),
                    status.totalMetadataBlocks() * ThinPoolStatus.METADATA_BLOCK_BYTES,
                    status.usedMetadataBlocks() * ThinPoolStatus.METADATA_BLOCK_BYTES));
        });
    }

    @Override
    public void onLevelChange(Runnable listener) {
        alarm.tell(listener);
    }

    @Override
    public void trim() {
        for (ThinDevice device : pool.devices()) {
            if (ThinTrees.isTree(device)) {
                try {
                    active.trim(device);
                } catch (IOException e) {
                    LOG.warn("volume '{}' of pool {} cannot be trimmed: {}", device.name(), uuid, e.getMessage());
                }
            }
        }
    }

    @Override
    public void takeGrowth() {
        tried("grow the pool", () -> {
            growth.take();
            return null;
        });
    }

    @Override
    public List<VolumeFacts> scan() {
        return tried("list the pool", () -> pool.devices().stream()
                .filter(device ->
                        device.role() == ThinRole.VOLUME) // one that is lost can be deleted only if it is shown
                .sorted(Comparator.comparing(ThinDevice::name))
                .flatMap(device -> lookLeniently(device).stream())
                .toList());
    }

    /** Others may be deleting it. */
    private Optional<VolumeFacts> lookLeniently(ThinDevice device) {
        try {
            return Optional.of(look(device));
        } catch (ThinPoolException | EngineException e) {
            if (pool.find(device.name()).isPresent()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public VolumeFacts facts(String volume) {
        return tried("look at volume '%s'".formatted(volume), () -> look(existing(volume)));
    }

    private ThinDevice existing(String volume) {
        return pool.find(volume)
                .filter(device -> device.role() == ThinRole.VOLUME)
                .orElseThrow(() -> StorageErrors.noVolume(volume));
    }

    private VolumeFacts look(ThinDevice device) {
        boolean tree = ThinTrees.isTree(device);
        Optional<FileStat> shown = shown(device);
        return new VolumeFacts(
                device.name(),
                tree ? VolumeKind.DIRECTORY : VolumeKind.BLOCK,
                "%s-%d".formatted(uuid, device.deviceId()),
                folder.resolve(device.name()),
                device.sizeBytes(),
                device.stage() == ThinDevice.Stage.CREATED ? pool.mappedBytes(device.name()) : 0,
                tree ? VolumeSpec.TREE : VolumeSpec.RAW,
                shown.map(stat -> stat.mode() & 07777).orElse(tree ? 0755 : 0600),
                0,
                0,
                shown.map(VolumeTimes::of),
                Optional.ofNullable(device.origin())
                        .flatMap(pool::find)
                        .filter(origin -> origin.role() == ThinRole.VOLUME)
                        .map(origin -> folder.resolve(origin.name())));
    }

    /** The thing at its path while it is active: the root folder, or the node. */
    private Optional<FileStat> shown(ThinDevice device) {
        return tried("look at volume '%s'".formatted(device.name()), () -> {
            try {
                return Optional.of(FileStat.of(folder.resolve(device.name())));
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
                return Optional.empty();
            }
        });
    }

    @Override
    public VolumeFacts create(VolumeSpec spec) {
        requireFree(spec);
        return tried("create volume '%s'".formatted(spec.name()), () -> {
            if (spec.isTree()) {
                trees.create(spec.name(), spec.capacityBytes() == 0 ? TREE_BYTES : rounded(spec.capacityBytes()));
            } else {
                pool.create(spec.name(), rounded(spec.capacityBytes()), VolumeSpec.RAW);
            }
            return look(existing(spec.name()));
        });
    }

    @Override
    public VolumeFacts copy(VolumeSpec spec, String origin) {
        return copy(spec, existing(origin));
    }

    private VolumeFacts copy(VolumeSpec spec, ThinDevice from) {
        requireFree(spec);
        return tried("copy '%s' to volume '%s'".formatted(from.name(), spec.name()), () -> {
            long size = Math.max(rounded(spec.capacityBytes()), from.sizeBytes());
            pool.snapshot(from.name(), spec.name(), size);
            if (ThinTrees.isTree(from) && size > from.sizeBytes()) {
                trees.fill(spec.name());
            }
            return look(existing(spec.name()));
        });
    }

    private void requireFree(VolumeSpec spec) {
        if (!spec.isTree() && !spec.format().equals(VolumeSpec.RAW)) {
            throw StorageErrors.of(
                    ErrorCode.CONFIG_UNSUPPORTED,
                    "cannot make a volume of format '%s': a container can use raw and dir".formatted(spec.format()));
        }
        if (isReserved(spec.name())) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID, "volume name '%s' is not allowed".formatted(spec.name()));
        }
        if (pool.find(spec.name()).isPresent()) {
            throw StorageErrors.volumeExists(spec.name());
        }
        snapshots.deleteAll(spec.name()); // of a volume of that name whose deletion failed half-way
    }

    /** Names of devices are unique in a pool; these are made for devices that are no volumes. */
    private static boolean isReserved(String volume) {
        return RESERVED.stream().anyMatch(volume::startsWith);
    }

    private static long rounded(long bytes) {
        return Math.max(1, (bytes + ROUNDING - 1) / ROUNDING) * ROUNDING;
    }

    @Override
    public VolumeFacts resize(String volume, long capacityBytes, boolean allocate) {
        ThinDevice device = existing(volume);
        if (capacityBytes < device.sizeBytes()) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID,
                    "volume '%s' has %d bytes and cannot be made smaller".formatted(volume, device.sizeBytes()));
        }
        return tried("resize volume '%s'".formatted(volume), () -> {
            pool.grow(volume, rounded(capacityBytes));
            if (ThinTrees.isTree(device)) {
                trees.fill(volume);
            }
            return look(existing(volume));
        });
    }

    @Override
    public void fillMounted(String volume) {
        if (!ThinTrees.isTree(existing(volume)) && active.has(volume)) {
            tried(
                    "grow the file system on volume '%s'".formatted(volume),
                    () -> FileSystemGrowth.fillWhereMounted(
                            folder.resolve(volume).toRealPath()));
        }
    }

    @Override
    public void wipe(String volume) {
        try (ThinContent content = content(volume, true)) {
            tried("wipe volume '%s'".formatted(volume), () -> {
                content.erase();
                return null;
            });
        }
    }

    @Override
    public void delete(String volume) {
        ThinDevice device = existing(volume);
        active.requireIdle(volume);
        tried("delete volume '%s'".formatted(volume), () -> {
            active.letGo(device);
            pool.delete(volume);
            snapshots.deleteAll(volume);
            Files.deleteIfExists(folder.resolve(volume)); // a link, or a mount's folder, that a machine's crash left
            return null;
        });
    }

    private void prepareRevert(String volume) {
        active.requireIdle(volume);
        tried("let go of volume '%s'".formatted(volume), () -> {
            active.letGo(existing(volume));
            return null;
        });
    }

    @Override
    public VolumeSnapshots snapshots() {
        return snapshots;
    }

    @Override
    public LayerStore layers() {
        return layers;
    }

    @Override
    public VolumeContent open(String volume, boolean forWriting) {
        return content(volume, forWriting);
    }

    private ThinContent content(String volume, boolean forWriting) {
        if (ThinTrees.isTree(existing(volume))) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID, "volume '%s' is a tree of files, not bytes".formatted(volume));
        }
        return tried("open volume '%s'".formatted(volume), () -> active.open(volume, forWriting));
    }

    @Override
    public Path activate(String volume) {
        ThinDevice device = existing(volume);
        return tried("activate volume '%s'".formatted(volume), () -> active.activate(device));
    }

    @Override
    public void deactivate(String volume) {
        ThinDevice device = existing(volume);
        tried("deactivate volume '%s'".formatted(volume), () -> {
            active.deactivate(device);
            return null;
        });
    }

    @Override
    public void stop() {
        tried("stop the pool", () -> {
            active.requireAllIdle();
            layers.requireIdle();
            pool.stop();
            handles.takeDown();
            return null;
        });
    }

    @Override
    public void leave() {
        pool.close();
        handles.close();
    }
}

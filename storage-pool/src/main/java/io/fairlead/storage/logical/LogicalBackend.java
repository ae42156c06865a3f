package io.fairlead.storage.logical;

import static io.fairlead.storage.logical.LogicalErrors.tried;

import io.fairlead.core.error.ErrorCode;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.mount.FileSystemGrowth;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.storage.directory.FileContent;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolFill;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.driver.VolumeLocks;
import io.fairlead.storage.driver.VolumeSnapshots;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.thin.ThinDevice;
import io.fairlead.thin.ThinPool;
import io.fairlead.thin.ThinPoolStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One active thin pool. A volume shows as {@code folder/NAME}: a mounted tree, or a link to a device node. Space is taken
 * when it is written, so what a caller wants allocated at once is not.
 */
final class LogicalBackend implements PoolBackend {
    private static final Logger LOG = LoggerFactory.getLogger(LogicalBackend.class);
    /** A tree of no given size: the pool's own fill is the limit that counts, but ext4 needs one. */
    private static final long TREE_BYTES = 10L << 30;

    private static final long ROUNDING = 4096;
    private static final int WIPE_BYTES = 1 << 20;
    /** Whoever wants to unmount the volume waits for that much. */
    private static final long TRIM_STEP_BYTES = 1 << 30;

    private final UUID uuid;
    private final ThinPool pool;
    private final ThinTrees trees;
    private final ThinSnapshots snapshots;
    private final PoolGrowth growth;
    private final FillAlarm alarm;
    private final Path folder;
    private final Ending ending;
    private final VolumeLocks locks = new VolumeLocks();
    /** How many want a device active: an activation counts once, each open content once. Changes under the volume's lock. */
    private final Map<String, Integer> users = new ConcurrentHashMap<>();

    /** What else ends with the pool. */
    interface Ending {
        void run() throws IOException;
    }

    LogicalBackend(
            UUID uuid, ThinPool pool, PoolGrowth growth, FillAlarm alarm, ThinTrees trees, Path folder, Ending ending) {
        this.uuid = uuid;
        this.pool = pool;
        this.growth = growth;
        this.alarm = alarm;
        this.folder = folder;
        this.trees = trees;
        this.ending = ending;
        this.snapshots = new ThinSnapshots(pool, this::prepareRevert);
        trees.sweep();
        snapshots.sweep();
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
                    trim(device);
                } catch (IOException e) {
                    LOG.warn("volume '{}' of pool {} cannot be trimmed: {}", device.name(), uuid, e.getMessage());
                }
            }
        }
    }

    private void trim(ThinDevice device) throws IOException {
        String name = device.name();
        boolean more = true;
        for (long at = 0; more && at < device.sizeBytes(); at += TRIM_STEP_BYTES) {
            long from = at;
            // An unmount in the middle of a step would find the volume busy.
            more = locks.with(name, () -> trees.trim(name, from, TRIM_STEP_BYTES));
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
                .filter(device -> !ThinTrees.isHidden(device)) // one that is lost can be deleted only if it is shown
                .sorted(Comparator.comparing(ThinDevice::name))
                .map(this::look)
                .toList());
    }

    @Override
    public VolumeFacts facts(String volume) {
        return tried("look at volume '%s'".formatted(volume), () -> look(existing(volume)));
    }

    private ThinDevice existing(String volume) {
        return pool.find(volume)
                .filter(device -> !ThinTrees.isHidden(device))
                .orElseThrow(() -> StorageErrors.noVolume(volume));
    }

    private VolumeFacts look(ThinDevice device) {
        boolean tree = ThinTrees.isTree(device);
        return new VolumeFacts(
                device.name(),
                tree ? VolumeKind.DIRECTORY : VolumeKind.BLOCK,
                "%s-%d".formatted(uuid, device.deviceId()),
                folder.resolve(device.name()),
                device.sizeBytes(),
                device.stage() == ThinDevice.Stage.CREATED ? pool.mappedBytes(device.name()) : 0,
                tree ? VolumeSpec.TREE : VolumeSpec.RAW,
                mode(device),
                0,
                0,
                Optional.ofNullable(device.origin())
                        .flatMap(pool::find)
                        .filter(origin -> !ThinTrees.isHidden(origin))
                        .map(origin -> folder.resolve(origin.name())));
    }

    /** Of what lies at its path while it is active; of a node, and a fresh root folder, before. */
    private int mode(ThinDevice device) {
        Path path = folder.resolve(device.name());
        return tried("look at volume '%s'".formatted(device.name()), () -> {
            if (Files.exists(path)) {
                return FileStat.of(path).mode() & 07777;
            }
            return ThinTrees.isTree(device) ? 0755 : 0600;
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
        ThinDevice from = existing(origin);
        requireFree(spec);
        return tried("copy volume '%s' to '%s'".formatted(origin, spec.name()), () -> {
            long size = Math.max(rounded(spec.capacityBytes()), from.sizeBytes());
            pool.snapshot(origin, spec.name(), size);
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
        if (ThinTrees.isHidden(spec.name())) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID, "volume name '%s' is not allowed".formatted(spec.name()));
        }
        if (pool.find(spec.name()).isPresent()) {
            throw StorageErrors.volumeExists(spec.name());
        }
        snapshots.deleteAll(spec.name()); // of a volume of that name whose deletion failed half-way
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
        if (!ThinTrees.isTree(existing(volume)) && users.containsKey(volume)) {
            tried(
                    "grow the file system on volume '%s'".formatted(volume),
                    () -> FileSystemGrowth.fillWhereMounted(
                            folder.resolve(volume).toRealPath()));
        }
    }

    @Override
    public void wipe(String volume) {
        try (VolumeContent content = open(volume, true)) {
            tried("wipe volume '%s'".formatted(volume), () -> {
                ByteBuffer zeros = ByteBuffer.allocateDirect(WIPE_BYTES);
                for (long at = 0; at < content.sizeBytes(); at += zeros.limit()) {
                    zeros.clear().limit((int) Math.min(WIPE_BYTES, content.sizeBytes() - at));
                    content.write(at, zeros);
                }
                content.sync();
                return null;
            });
        }
    }

    @Override
    public void delete(String volume) {
        ThinDevice device = existing(volume);
        requireIdle(volume);
        tried("delete volume '%s'".formatted(volume), () -> {
            letGo(device);
            pool.delete(volume);
            snapshots.deleteAll(volume);
            Files.deleteIfExists(folder.resolve(volume)); // a link, or a mount's folder, that a machine's crash left
            return null;
        });
    }

    private void prepareRevert(String volume) {
        requireIdle(volume);
        tried("let go of volume '%s'".formatted(volume), () -> {
            letGo(existing(volume));
            return null;
        });
    }

    private void requireIdle(String volume) {
        if (users.containsKey(volume)) {
            throw StorageErrors.volumeBusy(volume);
        }
    }

    /** Of a mount that an earlier daemon made, in a namespace which its containers keep. */
    private void letGo(ThinDevice device) throws IOException {
        if (ThinTrees.isTree(device)) {
            trees.unmountElsewhere(device.name());
        }
    }

    @Override
    public VolumeSnapshots snapshots() {
        return snapshots;
    }

    @Override
    public VolumeContent open(String volume, boolean forWriting) {
        if (ThinTrees.isTree(existing(volume))) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID, "volume '%s' is a tree of files, not bytes".formatted(volume));
        }
        return tried(
                "open volume '%s'".formatted(volume),
                () -> locks.with(volume, () -> {
                    Path node = acquire(volume);
                    try {
                        Fd fd = Fd.open(node, forWriting ? OpenFlags.O_RDWR : OpenFlags.O_RDONLY);
                        return new ThinContent(new FileContent(fd, forWriting), () -> closed(volume));
                    } catch (IOException | RuntimeException e) {
                        release(volume);
                        throw e;
                    }
                }));
    }

    private void closed(String volume) {
        tried(
                "close volume '%s'".formatted(volume),
                () -> locks.with(volume, () -> {
                    release(volume);
                    return null;
                }));
    }

    /** The caller has the volume's lock. */
    private Path acquire(String volume) {
        Path node = pool.activate(volume);
        users.merge(volume, 1, Integer::sum);
        return node;
    }

    /** The caller has the volume's lock. */
    private void release(String volume) {
        if (users.merge(volume, -1, (now, less) -> now + less == 0 ? null : now + less) == null) {
            pool.deactivate(volume);
        }
    }

    @Override
    public Path activate(String volume) {
        ThinDevice device = existing(volume);
        return tried(
                "activate volume '%s'".formatted(volume),
                () -> locks.with(volume, () -> {
                    Path path = folder.resolve(volume);
                    if (isActive(device)) {
                        users.putIfAbsent(volume, 1); // by a daemon before us
                        pool.activate(volume);
                        return path;
                    }
                    Path node = acquire(volume);
                    try {
                        return ThinTrees.isTree(device)
                                ? trees.mount(volume, node)
                                : Files.createSymbolicLink(path, node);
                    } catch (IOException | RuntimeException e) {
                        release(volume);
                        throw e;
                    }
                }));
    }

    private boolean isActive(ThinDevice device) throws IOException {
        return ThinTrees.isTree(device)
                ? trees.isMounted(device.name())
                : Files.isSymbolicLink(folder.resolve(device.name()));
    }

    @Override
    public void deactivate(String volume) {
        ThinDevice device = existing(volume);
        tried(
                "deactivate volume '%s'".formatted(volume),
                () -> locks.with(volume, () -> {
                    if (!isActive(device)) {
                        letGo(device);
                        return null;
                    }
                    users.putIfAbsent(volume, 1);
                    if (ThinTrees.isTree(device)) {
                        trees.unmount(volume);
                    } else {
                        Files.delete(folder.resolve(volume));
                    }
                    release(volume);
                    return null;
                }));
    }

    @Override
    public void stop() {
        tried("stop the pool", () -> {
            Optional<String> used = users.keySet().stream().findAny();
            if (used.isPresent()) {
                throw StorageErrors.volumeBusy(used.get());
            }
            pool.stop();
            ending.run();
            return null;
        });
    }
}

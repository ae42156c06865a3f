package io.fairlead.storage.logical;

import io.fairlead.kit.lock.StripedLocks;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.thin.ThinDevice;
import io.fairlead.thin.ThinPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which volumes of a thin pool are in use, and where they show meanwhile: a tree mounted at {@code folder/NAME}, else a
 * link there to the device's node. A device is active as long as something needs it: an activation counts once, each
 * open content once.
 */
final class ActiveVolumes {
    /** A caller that wants to unmount the volume waits for that much. */
    private static final long TRIM_STEP_BYTES = 1 << 30;

    private final ThinPool pool;
    private final ThinTrees trees;
    private final Path folder;
    private final StripedLocks locks = new StripedLocks();
    /** The number of users that need a device active. Changes under the volume's lock. */
    private final Map<String, Integer> users = new ConcurrentHashMap<>();

    ActiveVolumes(ThinPool pool, ThinTrees trees, Path folder) {
        this.pool = pool;
        this.trees = trees;
        this.folder = folder;
    }

    boolean has(String volume) {
        return users.containsKey(volume);
    }

    /** @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY, as for the next */
    void requireIdle(String volume) {
        if (has(volume)) {
            throw StorageErrors.volumeBusy(volume);
        }
    }

    void requireAllIdle() {
        users.keySet().stream().findAny().ifPresent(volume -> {
            throw StorageErrors.volumeBusy(volume);
        });
    }

    /** Harmless if it is active. @return where it shows */
    Path activate(ThinDevice device) throws IOException {
        String volume = device.name();
        return locks.with(volume, () -> {
            Path path = folder.resolve(volume);
            if (isActive(device)) {
                users.putIfAbsent(volume, 1); // by a daemon before us
                pool.activate(volume);
                return path;
            }
            Path node = acquire(volume);
            try {
                return ThinTrees.isTree(device) ? trees.mount(volume, node) : Files.createSymbolicLink(path, node);
            } catch (IOException | RuntimeException e) {
                release(volume);
                throw e;
            }
        });
    }

    private boolean isActive(ThinDevice device) throws IOException {
        return ThinTrees.isTree(device)
                ? trees.isMounted(device.name())
                : Files.isSymbolicLink(folder.resolve(device.name()));
    }

    /** Harmless if it is not active. */
    void deactivate(ThinDevice device) throws IOException {
        String volume = device.name();
        locks.with(volume, () -> {
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
        });
    }

    /** Of a mount that an earlier daemon made, in a namespace which its containers keep. */
    void letGo(ThinDevice device) throws IOException {
        if (ThinTrees.isTree(device)) {
            trees.unmountElsewhere(device.name());
        }
    }

    /** The bytes of a volume that is no tree. */
    ThinContent open(String volume, boolean forWriting) throws IOException {
        return locks.with(volume, () -> {
            Path node = acquire(volume);
            try {
                Fd fd = Fd.open(node, forWriting ? OpenFlags.O_RDWR : OpenFlags.O_RDONLY);
                return new ThinContent(fd, forWriting, () -> closed(volume));
            } catch (IOException | RuntimeException e) {
                release(volume);
                throw e;
            }
        });
    }

    private void closed(String volume) {
        LogicalErrors.tried(
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

    /** Gives the pool back the space of deleted files in a tree, if it is mounted. */
    void trim(ThinDevice tree) throws IOException {
        boolean more = true;
        for (long at = 0; more && at < tree.sizeBytes(); at += TRIM_STEP_BYTES) {
            long from = at;
            // An unmount in the middle of a step would find the volume busy.
            more = locks.with(tree.name(), () -> trees.trim(tree.name(), from, TRIM_STEP_BYTES));
        }
    }
}

package io.fairlead.storage.logical;

import io.fairlead.linux.mount.FreeSpaceTrim;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.thin.ThinDevice;
import io.fairlead.thin.ThinPool;
import io.fairlead.thin.ThinPoolException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * File systems on thin devices. One is made per size, as a base that nobody sees; every new tree is a copy of it, which
 * takes no time. Mounts are the daemon's own: it runs in a mount namespace of its own.
 */
final class ThinTrees {
    private static final Logger LOG = LoggerFactory.getLogger(ThinTrees.class);
    static final String EXT4 = "ext4";
    /** ext4's option: to replay it would be to write. */
    private static final String WITHOUT_JOURNAL = "noload";

    private static final String BASE_PREFIX = "fairlead-base-";
    private static final String BASE = "base";
    private static final String UNFINISHED = "unfinished";
    private static final Duration MKFS_LIMIT = Duration.ofMinutes(10);

    private final ThinPool pool;
    private final Path folder;
    private final Path workMount;

    /** @param workMount a folder for mounts of a moment */
    ThinTrees(ThinPool pool, Path folder, Path workMount) {
        this.pool = pool;
        this.folder = folder;
        this.workMount = workMount;
    }

    static boolean isTree(ThinDevice device) {
        return device.content().equals(EXT4);
    }

    /** Devices that are no volumes. */
    static boolean isHidden(ThinDevice device) {
        return isHidden(device.name());
    }

    static boolean isHidden(String device) {
        return device.startsWith(BASE_PREFIX) || ThinImages.isHidden(device);
    }

    /** Removes bases that a crash left half made, or a repair could not bring back. */
    void sweep() {
        if (!pool.status().takesMessages()) {
            return; // a pool that waits for its repair is still there to be read
        }
        for (ThinDevice device : pool.devices()) {
            boolean useless = device.content().equals(UNFINISHED) || device.stage() == ThinDevice.Stage.LOST;
            if (device.name().startsWith(BASE_PREFIX) && useless) {
                pool.discard(device.name());
            }
        }
    }

    ThinDevice create(String name, long sizeBytes) throws IOException {
        pool.snapshot(base(sizeBytes), name, sizeBytes);
        return pool.describe(name, EXT4);
    }

    private synchronized String base(long sizeBytes) throws IOException {
        String name = BASE_PREFIX + sizeBytes;
        if (pool.find(name).filter(d -> d.content().equals(BASE)).isPresent()) {
            return name;
        }
        if (pool.find(name).isPresent()) {
            pool.discard(name);
        }
        pool.create(name, sizeBytes, UNFINISHED);
        try {
            format(pool.activate(name));
            pool.deactivate(name);
            pool.describe(name, BASE);
            return name;
        } catch (IOException | ThinPoolException e) {
            pool.discard(name);
            throw e;
        }
    }

    /** Writes all tables at once: what mkfs leaves to the kernel would be written again in every copy. */
    private void format(Path node) throws IOException {
        String options = "nodiscard,lazy_itable_init=0,lazy_journal_init=0";
        Command.of("mkfs.ext4", "-q", "-F", "-m", "0", "-E", options, node.toString())
                .within(MKFS_LIMIT)
                .run()
                .orThrow();
        mounted(node, root -> Files.delete(root.resolve("lost+found")));
    }

    private interface Work {
        void with(Path root) throws IOException;
    }

    private void mounted(Path node, Work work) throws IOException {
        Files.createDirectories(workMount);
        Mounts.mount(node.toString(), workMount, EXT4, Set.of(MountFlag.NO_ATIME), "");
        try {
            work.with(workMount);
        } finally {
            Mounts.unmount(workMount);
        }
    }

    /** Lets the file system fill its device, mounted or not. */
    synchronized void fill(String name) throws IOException {
        Path node = pool.activate(name);
        if (isMounted(name)) {
            resize(node);
            return;
        }
        // Only a mounted file system grows without being checked first.
        mounted(node, root -> resize(node));
        pool.deactivate(name);
    }

    private static void resize(Path node) throws IOException {
        Command.of("resize2fs", node.toString()).within(MKFS_LIMIT).run().orThrow();
    }

    /** Read-only in a pool that takes no changes, where even a mount's own writes would fail. */
    Path mount(String name, Path node) throws IOException {
        Path target = folder.resolve(name);
        Files.createDirectories(target);
        if (pool.status().takesMessages()) {
            // No online discard: it makes deletes slow.
            Mounts.mount(node.toString(), target, EXT4, Set.of(MountFlag.NO_ATIME), "");
        } else {
            LOG.warn("volume '{}' is mounted read-only: its pool waits for a repair", name);
            Set<MountFlag> flags = Set.of(MountFlag.READ_ONLY, MountFlag.NO_ATIME);
            Mounts.mount(node.toString(), target, EXT4, flags, WITHOUT_JOURNAL);
        }
        return target;
    }

    boolean isMounted(String name) throws IOException {
        return Mounts.isAnotherAt(folder.resolve(name));
    }

    /** @throws IOException EBUSY while it is in use */
    void unmount(String name) throws IOException {
        if (isMounted(name)) {
            Mounts.unmount(folder.resolve(name));
        }
        Files.deleteIfExists(folder.resolve(name));
    }

    /** Removing a mount's folder ends mounts on it in other namespaces (Linux 3.18); here there is none. */
    void unmountElsewhere(String name) throws IOException {
        Path target = folder.resolve(name);
        if (isMounted(name) || !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.delete(target);
        } catch (DirectoryNotEmptyException e) {
            LOG.warn("{} holds files of somebody's beneath the volume: left alone", target);
        }
    }

    /** Gives back what is free in one part of a tree; false if it is not mounted, or the part lies behind its end. */
    boolean trim(String name, long at, long lengthBytes) throws IOException {
        if (!isMounted(name)) {
            return false;
        }
        try {
            FreeSpaceTrim.trim(folder.resolve(name), at, lengthBytes);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EINVAL) {
                return false;
            }
            throw e;
        }
    }
}

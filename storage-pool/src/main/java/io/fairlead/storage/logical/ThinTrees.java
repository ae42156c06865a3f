package io.fairlead.storage.logical;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.mount.FileSystemGrowth;
import io.fairlead.linux.mount.FreeSpaceTrim;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.MountTree;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.thin.ThinDevice;
import io.fairlead.thin.ThinPool;
import io.fairlead.thin.ThinPoolException;
import io.fairlead.thin.ThinRole;
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
 * File systems on thin devices. One is made per size, as a hidden base; every new tree is a copy of it, which takes no
 * time. The mounts are visible to the daemon alone: it runs in a mount namespace of its own.
 */
final class ThinTrees {
    /** Images bring device nodes; containers get the permitted ones in a /dev of their own. */
    private static final Set<MountFlag> FLAGS = Set.of(MountFlag.NO_ATIME, MountFlag.NO_DEVICES);

    private static final Set<MountFlag> READ_ONLY_FLAGS =
            Set.of(MountFlag.READ_ONLY, MountFlag.NO_ATIME, MountFlag.NO_DEVICES);

    private static final Logger LOG = LoggerFactory.getLogger(ThinTrees.class);

    static final String BASE_PREFIX = "fairlead-base-";
    private static final Duration MKFS_LIMIT = Duration.ofMinutes(10);

    private final ThinPool pool;
    private final Path folder;
    private final Path workMount;
    private final ThinFileSystem fileSystem;

    /**
     * @param workMount a folder for mounts of a moment
     * @param fileSystem that new trees get; those there are keep theirs
     */
    ThinTrees(ThinPool pool, Path folder, Path workMount, ThinFileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.pool = pool;
        this.folder = folder;
        this.workMount = workMount;
    }

    static boolean isTree(ThinDevice device) {
        return ThinFileSystem.on(device).isPresent();
    }

    /**
     * Ends the mount of a moment that a crash may have left, and removes bases that a repair could not bring back; the
     * next tree of their size makes them anew.
     */
    void sweep() throws IOException {
        Mounts.detachIfThere(workMount);
        for (ThinDevice device : pool.devices()) {
            if (device.role() == ThinRole.BASE && device.stage() == ThinDevice.Stage.LOST) {
                pool.discard(device.name());
            }
        }
    }

    ThinDevice create(String name, long sizeBytes) throws IOException {
        if (sizeBytes < fileSystem.sizeBytesMin()) {
            throw StorageErrors.of(
                    ErrorCode.INVALID_ARG,
                    "volume '%s' of %d bytes is too small for %s (expected: at least %d)"
                            .formatted(name, sizeBytes, fileSystem.kernelName(), fileSystem.sizeBytesMin()));
        }
        return create(name, sizeBytes, ThinRole.VOLUME);
    }

    /** An empty tree of any role. */
    ThinDevice create(String name, long sizeBytes, ThinRole role) throws IOException {
        return pool.snapshot(base(sizeBytes), name, sizeBytes, role);
    }

    private synchronized String base(long sizeBytes) throws IOException {
        String name =
                BASE_PREFIX + (fileSystem == ThinFileSystem.EXT4 ? "" : fileSystem.kernelName() + "-") + sizeBytes;
        if (pool.find(name).filter(d -> d.role() == ThinRole.BASE).isPresent()) {
            return name;
        }
        if (pool.find(name).isPresent()) {
            pool.discard(name);
        }
        pool.create(name, sizeBytes, fileSystem.kernelName(), ThinRole.UNFINISHED);
        try {
            format(pool.activate(name));
            pool.deactivate(name);
            pool.assign(name, ThinRole.BASE);
            return name;
        } catch (IOException | ThinPoolException e) {
            pool.discard(name);
            throw e;
        }
    }

    private void format(Path node) throws IOException {
        Command.of(fileSystem.make(node)).within(MKFS_LIMIT).run().orThrow();
        mounted(node, fileSystem, fileSystem::made);
    }

    private interface Work {
        void with(Path root) throws IOException;
    }

    private void mounted(Path node, ThinFileSystem type, Work work) throws IOException {
        Files.createDirectories(workMount);
        Mounts.mount(node.toString(), workMount, type.kernelName(), FLAGS, type.options(false));
        try {
            work.with(workMount);
        } finally {
            Mounts.unmount(workMount);
        }
    }

    /** Lets the file system fill its device, mounted or not. */
    synchronized void fill(String name) throws IOException {
        ThinFileSystem type = typeOf(name);
        Path node = pool.activate(name);
        if (isMounted(name)) {
            FileSystemGrowth.fill(type.type(), node, folder.resolve(name));
            return;
        }
        // Only a mounted file system grows without being checked first.
        mounted(node, type, root -> FileSystemGrowth.fill(type.type(), node, root));
        pool.deactivate(name);
    }

    /** Work in a tree that no other thread or process can reach. */
    interface Filling {
        /** @param top of the tree */
        void fill(Fd top) throws IOException;
    }

    /** Runs work on a tree that is not active, and waits until its result is on the disk. */
    void fill(String name, Filling filling) throws IOException {
        ThinFileSystem type = typeOf(name);
        Path node = pool.activate(name);
        try (MountTree tree = apart(node, type)) {
            type.mounted(node);
            filling.fill(tree.top());
            DurableFile.syncFileSystem(tree.top());
        } finally {
            pool.deactivate(name);
        }
    }

    /** A mount that no path leads to. It ends when it is closed, or with the daemon. */
    private synchronized MountTree apart(Path node, ThinFileSystem type) throws IOException {
        Files.createDirectories(workMount);
        Mounts.mount(node.toString(), workMount, type.kernelName(), FLAGS, type.options(false));
        return MountTree.take(workMount);
    }

    private ThinFileSystem typeOf(String name) throws IOException {
        return pool.find(name)
                .flatMap(ThinFileSystem::on)
                .orElseThrow(() -> new IOException("volume '%s' is no tree of files".formatted(name)));
    }

    /** Read-only in a pool that takes no changes, where even a mount's own writes would fail. */
    Path mount(String name, Path node) throws IOException {
        Path target = folder.resolve(name);
        Files.createDirectories(target);
        ThinFileSystem type = typeOf(name);
        if (pool.status().takesMessages()) {
            mount(node, target, type, FLAGS, false);
            afterMount(type, node, target);
        } else {
            LOG.warn("volume '{}' is mounted read-only: its pool waits for a repair", name);
            mount(node, target, type, READ_ONLY_FLAGS, true);
        }
        return target;
    }

    private static void afterMount(ThinFileSystem type, Path node, Path target) throws IOException {
        try {
            type.mounted(node);
        } catch (IOException e) {
            Mounts.unmount(target);
            throw e;
        }
    }

    /** Without online discard: it makes deletes slow. */
    private static void mount(Path node, Path target, ThinFileSystem type, Set<MountFlag> flags, boolean readOnly)
            throws IOException {
        Mounts.mount(node.toString(), target, type.kernelName(), flags, type.options(readOnly));
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

    /**
     * Gives back the free space in one part of a tree; false if the tree is not mounted, or the part lies behind its
     * end.
     */
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

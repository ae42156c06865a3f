package io.fairlead.storage.directory;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Overlays on the folders of trees, in the daemon's own mount namespace. Calls about one tree come one at a time. */
final class OverlayMounts {
    private static final Logger LOG = LoggerFactory.getLogger(OverlayMounts.class);
    /** mount(2) takes one page of options. */
    private static final int OPTIONS_MAX = 4095;

    private final PoolFolder folder;
    private final Path layers;
    private Boolean possible; // guarded by this

    OverlayMounts(PoolFolder folder, Path layers) {
        this.folder = folder;
        this.layers = layers;
    }

    /** Whether the pool's file system can hold overlays; found out by trying, once. */
    synchronized boolean possible() throws IOException {
        if (possible == null) {
            possible = tried();
        }
        return possible;
    }

    private boolean tried() throws IOException {
        Path trial = Files.createDirectory(folder.unfinished());
        try {
            TreeRecord record = new TreeRecord(trial);
            Path lower = Files.createDirectory(trial.resolve("lower"));
            Path target = Files.createDirectory(trial.resolve("target"));
            Files.createDirectory(record.upper());
            Files.createDirectory(record.work());
            Mounts.mount("fairlead", target, "overlay", Set.of(), options(List.of(lower), record));
            Mounts.unmount(target);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.ENODEV) {
                throw e;
            }
            LOG.warn("{} cannot hold overlays: its trees cannot be copied nor have snapshots", folder.path(), e);
            return false;
        } finally {
            PoolFolder.remove(trial);
        }
    }

    /** Before a tree gets layers, or one more. */
    void requirePossible(Path tree, TreeRecord record) throws IOException {
        if (!possible()) {
            throw StorageErrors.of(
                    ErrorCode.CONFIG_UNSUPPORTED,
                    "the file system of %s can neither copy trees nor keep snapshots of them".formatted(tree));
        }
        List<String> one = List.of("0".repeat(Layers.ID_LENGTH));
        List<Path> stack = Stream.concat(one.stream(), record.layers().stream())
                .map(layers::resolve)
                .toList();
        requireRoom(tree, stack.size(), options(stack, record));
    }

    private static void requireRoom(Path tree, int count, String options) {
        if (options.length() > OPTIONS_MAX || !TreeRecord.hasRoomFor(count)) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID,
                    "%s would have %d layers, more than there is room for".formatted(tree, count));
        }
    }

    boolean isMounted(Path tree) throws IOException {
        return Mounts.isAnotherAt(tree);
    }

    /** Does nothing if it is mounted. */
    void mount(Path tree, TreeRecord record) throws IOException {
        if (!isMounted(tree)) {
            endElsewhere(tree);
            mountFirst(tree, record.layers(), record);
        }
    }

    /** On a new folder, on which nothing can be mounted anywhere. */
    void mountFirst(Path tree, List<String> stack, TreeRecord record) throws IOException {
        List<Path> lower = stack.stream().map(layers::resolve).toList();
        String options = options(lower, record);
        requireRoom(tree, lower.size(), options);
        // Images bring device nodes; containers get the permitted ones in a /dev of their own.
        Mounts.mount("fairlead", tree, "overlay", Set.of(MountFlag.NO_DEVICES), options);
    }

    private static String options(List<Path> lower, TreeRecord record) {
        String stack =
                String.join(":", lower.stream().map(OverlayMounts::escaped).toList());
        return "lowerdir=%s,upperdir=%s,workdir=%s".formatted(stack, escaped(record.upper()), escaped(record.work()));
    }

    /** The overlay's own separators (Documentation/filesystems/overlayfs). */
    private static String escaped(Path path) {
        return path.toString().replaceAll("([\\\\:,])", "\\\\$1");
    }

    /** @throws ErrnoException EBUSY while it is in use */
    void unmount(Path tree) throws IOException {
        if (isMounted(tree)) {
            Mounts.unmount(tree);
            endElsewhere(tree);
        }
    }

    /**
     * Ends mounts that an earlier daemon made on the tree's folder, in a namespace that its containers' monitors keep:
     * two mounts of one upper folder would not see each other's changes. The kernel ends all mounts on a folder that is
     * replaced or removed (Linux 3.18); a container has the tree mounted elsewhere and keeps it.
     */
    private void endElsewhere(Path tree) throws IOException {
        if (!Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!PoolFolder.children(tree).isEmpty()) {
            LOG.warn("{} holds files of somebody's beneath the volume: left alone", tree);
            return;
        }
        FileStat stat = FileStat.ofLink(tree);
        Path fresh = Files.createDirectory(folder.unfinished());
        try {
            Layers.like(stat, fresh);
            Files.move(fresh, tree, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}

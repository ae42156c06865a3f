package io.fairlead.storage.directory;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.MountTree;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.mount.OverlayMount;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Overlays on the folders of trees, in the daemon's own mount namespace. Calls about one tree come one at a time. */
final class OverlayMounts {
    private static final Logger LOG = LoggerFactory.getLogger(OverlayMounts.class);
    /** Images bring device nodes; containers get the permitted ones in a /dev of their own. */
    private static final Set<MountFlag> FLAGS = Set.of(MountFlag.NO_DEVICES);

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
            Files.createDirectory(trial.resolve("lower"));
            Path target = Files.createDirectory(trial.resolve("target"));
            Files.createDirectory(record.upper());
            Files.createDirectory(record.work());
            new OverlayMount(trial, List.of("lower"), record.upper(), record.work()).mount(target, FLAGS);
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
        requirePossible(tree, record.layers(), record);
    }

    /**
     * @param what gets one more layer, for messages
     * @param stack its layers until now
     */
    void requirePossible(Object what, List<String> stack, TreeRecord record) throws IOException {
        if (!possible()) {
            throw StorageErrors.of(
                    ErrorCode.CONFIG_UNSUPPORTED,
                    "the file system of %s can neither copy trees nor keep snapshots of them".formatted(folder.path()));
        }
        List<String> more = new ArrayList<>(stack);
        more.add(Layers.UNNAMED);
        requireRoom(what, overlay(more, record));
    }

    private static void requireRoom(Object what, OverlayMount overlay) {
        if (!overlay.fits()) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID,
                    "%s would have %d layers, more than the kernel has room for"
                            .formatted(what, overlay.lower().size()));
        }
    }

    private OverlayMount overlay(List<String> stack, TreeRecord record) {
        return new OverlayMount(layers, stack, record.upper(), record.work());
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
        OverlayMount overlay = overlay(stack, record);
        requireRoom(tree, overlay);
        overlay.mount(tree, FLAGS);
    }

    /**
     * An overlay that no path leads to. It ends when it is closed, or with the daemon.
     *
     * @param place an empty folder
     */
    MountTree apart(Path place, List<String> stack, TreeRecord record) throws IOException {
        mountFirst(place, stack, record);
        return MountTree.take(place);
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

package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.OciSpec.Mount;
import io.fairlead.linux.file.MountPoints;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.MountTree;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A guest's root with its definition's mounts, at a place on the host. The runtime takes it over unchanged, and adds
 * the kernel's own file systems. After that the mounts on the host are removed. Made by {@link TreeAssembly}.
 */
final class GuestTree {
    private static final Logger log = LoggerFactory.getLogger(GuestTree.class);

    /** A mount that is writable on the host and read-only for the guest. */
    private final List<MountTree> sealed = new ArrayList<>();

    private final List<MountTree> open = new ArrayList<>();
    private final List<Path> places = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final List<Mount> late = new ArrayList<>();
    private final Path root;
    private final RootedTree inside;
    private final MountPoints points;
    private Path sys = Path.of("/sys");
    private Set<MountFlag> rootFlags = EnumSet.noneOf(MountFlag.class);

    /** @param points null for a tree in which nothing is mounted */
    GuestTree(Path root, RootedTree inside, MountPoints points) {
        this.root = root;
        this.inside = inside;
        this.points = points;
    }

    static GuestTree unmounted(Path root) throws ErrnoException {
        return new GuestTree(root, new RootedTree(root), null);
    }

    /** False for a tree that no guest is started with. */
    boolean mounted() {
        return points != null;
    }

    Path root() {
        return root;
    }

    RootedTree inside() {
        return inside;
    }

    /** Mounts that the runtime must make, because they lie below mounts that it makes itself. */
    List<Mount> late() {
        return late;
    }

    /** The host's sysfs without the mounts below it, for a guest that may not mount one of its own. */
    Path sys() {
        return sys;
    }

    /** The flags of the root's mount. */
    Set<MountFlag> rootFlags() {
        return rootFlags;
    }

    void addLate(Mount mount) {
        late.add(mount);
    }

    void sysAt(Path path) {
        sys = path;
    }

    void rootHas(Set<MountFlag> flags) {
        rootFlags = flags;
    }

    /** Keeps a mount tree, to be closed with this. */
    void keep(MountTree tree) {
        open.add(tree);
    }

    /** Notes a mount, to be removed with this. */
    void mountedAt(Path place) {
        places.add(place);
    }

    /** Notes a folder of such places. */
    void folderAt(Path folder) {
        folders.add(folder);
    }

    void seal(MountTree tree) throws ErrnoException {
        tree.set(MountFlag.READ_ONLY, false);
        sealed.add(tree);
    }

    /**
     * The guest runs, and has mounts of its own. The empty folder of the root stays: runc changes to it before it
     * starts another process in the guest.
     *
     * @param later runs the unmounting, in which the kernel waits some milliseconds
     */
    void handedOver(Executor later) {
        close();
        if (!places.isEmpty()) {
            later.execute(() -> takeAway(root));
        }
    }

    /** There is no guest: files and folders that were made as mount points are removed, too. */
    void discard() {
        for (MountTree tree : sealed) {
            try {
                tree.clear(MountFlag.READ_ONLY);
            } catch (ErrnoException e) {
                log.warn("mount points may be left in {}: {}", tree.top().name(), e.getMessage());
            }
        }
        takeAway(null);
        if (points != null) {
            points.remove();
        }
        close();
    }

    /** Closes every descriptor; mounts stay. */
    void close() {
        open.forEach(MountTree::close);
        inside.close();
        if (points != null) {
            points.close();
        }
    }

    /** @param kept null if no folder is to stay */
    private void takeAway(Path kept) {
        try {
            for (Path place : places) {
                Mounts.detachIfThere(place);
                if (!place.equals(kept)) {
                    Files.deleteIfExists(place);
                }
            }
            for (Path folder : folders) {
                if (!folder.equals(kept)) {
                    Files.deleteIfExists(folder);
                }
            }
        } catch (IOException e) {
            log.warn("{} stays mounted until its guest ends: {}", root, e.getMessage());
        }
    }
}

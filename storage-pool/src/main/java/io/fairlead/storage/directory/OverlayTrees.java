package io.fairlead.storage.directory;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.mount.MountTree;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeNames;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trees on file systems without subvolumes. A new tree is a plain folder. Its first activation, copy or snapshot turns
 * its content into a layer that is no longer written, and puts an overlay over it.
 *
 * <pre>
 * POOL/NAME                     the tree: a plain folder, or where its overlay is mounted while the pool is active
 * POOL/.fairlead/trees/NAME     its {@link TreeRecord}, whose presence makes it ours
 * POOL/.fairlead/snapshots/NAME/ID that of a snapshot
 * POOL/.fairlead/frozen/ID      that of a {@link io.fairlead.storage.driver.Layer}
 * POOL/.fairlead/layers         {@link Layers} of all three
 * </pre>
 *
 * <p>A change of names waits for the disk once, at the end of the whole change that is reported. The file system keeps
 * the order of names ({@link LinkText}), so a power cut leaves a state that a crash could also leave.
 */
final class OverlayTrees implements Trees {
    private static final Logger LOG = LoggerFactory.getLogger(OverlayTrees.class);

    private final PoolFolder folder;
    private final SnapshotFolder snapshotFolder;
    private final LayerFolder layerFolder;
    private final Path records;
    private final Layers layers;
    private final OverlayMounts mounts;
    private final ProjectSizes sizes;
    private final TreeLayers trees;
    private final OverlaySnapshots snapshots;

    OverlayTrees(PoolFolder folder, SnapshotFolder snapshotFolder, LayerFolder layerFolder) throws IOException {
        this.folder = folder;
        this.snapshotFolder = snapshotFolder;
        this.layerFolder = layerFolder;
        Path own = folder.path().resolve(VolumeNames.RESERVED_PREFIX);
        this.records = own.resolve("trees");
        this.layers = new Layers(folder, own.resolve("layers"));
        this.mounts = new OverlayMounts(folder, layers.path());
        this.sizes = new ProjectSizes(folder.path());
        this.trees = new TreeLayers(folder, snapshotFolder, layerFolder, records, layers, mounts, sizes);
        this.snapshots = new OverlaySnapshots(folder, snapshotFolder, trees, layers, mounts, sizes);
    }

    @Override
    public void start() throws IOException {
        layers.hide();
        trees.finishAll();
        snapshotFolder.sweep();
        TreeUsers users = TreeUsers.look();
        for (TreeRecord record : trees.records()) {
            Path tree = trees.tree(record);
            if (!Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
                LOG.warn("removing the rest of volume {}, which an earlier daemon did not finish", tree);
                trees.remove(record);
            } else if (!record.isPlain()) {
                mountUnlessUsed(tree, record, users);
            }
        }
        trees.removeUnused();
    }

    @Override
    public void create(VolumeSpec spec) throws IOException {
        if (spec.capacityBytes() > 0 && !sizes.possible()) {
            LOG.warn(
                    "volume '{}' gets no limit of its size: the file system of {} has none for folders",
                    spec.name(),
                    folder.path());
        }
        TreeRecord record = vacant(spec.name());
        Path unfinished = Files.createDirectory(folder.unfinished());
        try {
            FileVolumes.apply(spec.permissions(), unfinished);
            Files.createDirectory(record.path());
            sizes.begin(record, spec.capacityBytes(), unfinished);
            folder.publish(unfinished, spec.name());
        } catch (IOException | RuntimeException e) {
            trees.remove(record);
            PoolFolder.remove(unfinished);
            throw e;
        }
    }

    @Override
    public void copy(VolumeSpec spec, Path origin, boolean active) throws IOException {
        if (active) {
            throw StorageErrors.of(
                    ErrorCode.RESOURCE_BUSY,
                    "volume '%s' is in use: a tree on this file system is copied while no container has it"
                            .formatted(origin.getFileName()));
        }
        trees.requireOurs(origin);
        trees.listing(() -> {
            copy(spec, trees.alone(origin, () -> trees.freeze(origin)));
            return null;
        });
    }

    private void copy(VolumeSpec spec, List<String> shared) throws IOException {
        TreeRecord record = vacant(spec.name());
        Path unfinished = Files.createDirectory(folder.unfinished());
        try {
            trees.prepare(record, shared, spec.capacityBytes());
            record.writeLayers(shared);
            FileVolumes.apply(spec.permissions(), record.upper());
            folder.publish(unfinished, spec.name());
            mounts.mountFirst(folder.of(spec.name()), shared, record);
        } catch (IOException | RuntimeException e) {
            PoolFolder.remove(folder.of(spec.name()));
            trees.remove(record);
            PoolFolder.remove(unfinished);
            throw e;
        }
    }

    private TreeRecord vacant(String volume) throws IOException {
        Path tree = folder.of(volume);
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.volumeExists(volume);
        }
        trees.remove(trees.record(tree)); // of an attempt that failed
        Files.createDirectories(records);
        return trees.record(tree);
    }

    @Override
    public void activate(Path tree) throws IOException {
        if (mounts.isMounted(tree) || !trees.record(tree).exists()) {
            return;
        }
        trees.listing(() -> trees.alone(tree, () -> {
            TreeRecord record = trees.record(tree);
            if (!record.isPlain()) {
                mountUnlessUsed(tree, record, TreeUsers.look());
            } else if (mounts.possible() && !trees.isUsed(tree)) {
                trees.freeze(tree); // so that a snapshot of the running container copies only its later writes
            }
            return null;
        }));
    }

    /** Two mounts of one upper folder would not see each other's changes. */
    private void mountUnlessUsed(Path tree, TreeRecord record, TreeUsers users) throws IOException {
        if (users.have(tree, TreeLayers.upper(record))) {
            LOG.info("volume {} is used by a container that outlived its daemon: not mounted here", tree);
        } else {
            mounts.mount(tree, record);
        }
    }

    @Override
    public void take(Path tree, String snapshot, boolean active) throws IOException {
        snapshots.take(tree, snapshot, active);
    }

    @Override
    public void revert(Path tree, Path snapshot) throws IOException {
        snapshots.revert(tree, snapshot);
    }

    @Override
    public void deleteSnapshot(Path tree, String snapshot) throws IOException {
        snapshots.delete(tree, snapshot);
    }

    @Override
    public void freeze(Path tree, String layer, boolean active) throws IOException {
        snapshots.keep(tree, active, record -> layerFolder.publish(record, layer, Optional.empty()));
    }

    /**
     * The content is put into a new upper folder: directly if there is nothing below it, else through an overlay, which
     * turns deletions into whiteouts and copies changed files up.
     */
    @Override
    public void build(String layer, Optional<Path> parent, Filling filling) throws IOException {
        Path own = folder.makeUnfinished();
        try {
            TreeRecord record = new TreeRecord(own);
            List<String> below = parent.isPresent() ? new TreeRecord(parent.get()).layers() : List.of();
            mounts.requirePossible("layer '%s'".formatted(layer), below, record);
            Files.createDirectory(record.upper());
            Files.createDirectory(record.work());
            if (below.isEmpty()) {
                try (Fd top = Fd.open(record.upper(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY)) {
                    filling.fill(top);
                }
            } else {
                layers.dress(below.get(0), record.upper());
                try (MountTree overlay = mounts.apart(Files.createDirectory(own.resolve("tree")), below, record)) {
                    filling.fill(overlay.top());
                }
            }
            DurableFile.syncFileSystem(record.upper());
            publish(layer, parent.map(path -> path.getFileName().toString()), record, below);
        } finally {
            PoolFolder.remove(own);
        }
    }

    private void publish(String layer, Optional<String> parent, TreeRecord built, List<String> below)
            throws IOException {
        TreeRecord record = new TreeRecord(folder.makeUnfinished());
        try {
            trees.listing(() -> {
                List<String> stack = new ArrayList<>(below);
                stack.add(0, layers.adopt(built.upper()));
                record.writeLayers(stack);
                layerFolder.publish(record.path(), layer, parent);
                return null;
            });
        } finally {
            PoolFolder.remove(record.path()); // by now it has another name, unless it failed
        }
    }

    @Override
    public void compose(VolumeSpec spec, Path layer) throws IOException {
        trees.listing(() -> {
            copy(spec, new TreeRecord(layer).layers());
            return null;
        });
    }

    @Override
    public void deleteLayer(Path layer) throws IOException {
        PoolFolder.remove(layerFolder.unpublish(layer));
        trees.removeUnused();
    }

    @Override
    public void limit(Path tree, long bytes) throws IOException {
        if (!sizes.possible()) {
            throw StorageErrors.unsupported(
                    "the file system of %s has no limit for the size of a folder".formatted(tree));
        }
        if (!sizes.limit(trees.record(tree), bytes)) {
            throw StorageErrors.unsupported(
                    "%s was made while its file system had no limit for the size of a folder; a clone of it has"
                            .formatted(tree));
        }
    }

    @Override
    public Size size(Path tree) throws IOException {
        return sizes.of(trees.record(tree));
    }

    @Override
    public void delete(Path tree) throws IOException {
        TreeRecord record = trees.record(tree);
        if (!record.exists()) {
            Files.delete(tree);
            return;
        }
        Path gone = trees.alone(tree, () -> {
            trees.requireUnused(tree);
            mounts.unmount(tree);
            return folder.unpublish(tree);
        });
        trees.remove(record);
        snapshotFolder.deleteAll(tree);
        PoolFolder.remove(gone);
        trees.removeUnused();
    }

    @Override
    public boolean owns(Path tree) {
        return trees.record(tree).exists();
    }

    @Override
    public void forget(Path tree) throws IOException {
        TreeRecord record = trees.record(tree);
        if (record.exists()) {
            trees.remove(record);
            trees.removeUnused();
        }
    }

    @Override
    public void stop() throws IOException {
        for (TreeRecord record : trees.records()) {
            mounts.unmount(trees.tree(record));
        }
    }
}

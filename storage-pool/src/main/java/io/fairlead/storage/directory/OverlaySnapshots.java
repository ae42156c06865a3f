package io.fairlead.storage.directory;

import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.file.TreeCopier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Snapshots of {@link OverlayTrees}: lists of layers, in {@code POOL/.fairlead/snapshots/NAME/ID}. */
final class OverlaySnapshots {
    /** For copying a running container's own writes; a snapshot that takes longer fails. */
    private static final Duration COPY_LIMIT = Duration.ofMinutes(10);

    private final PoolFolder folder;
    private final SnapshotFolder snapshots;
    private final TreeLayers trees;
    private final Layers layers;
    private final OverlayMounts mounts;
    private final ProjectSizes sizes;

    OverlaySnapshots(
            PoolFolder folder,
            SnapshotFolder snapshots,
            TreeLayers trees,
            Layers layers,
            OverlayMounts mounts,
            ProjectSizes sizes) {
        this.folder = folder;
        this.snapshots = snapshots;
        this.trees = trees;
        this.layers = layers;
        this.mounts = mounts;
        this.sizes = sizes;
    }

    /** Gives a finished record, in a folder of an unfinished name, the name for which it was made. */
    interface Publisher {
        void publish(Path record) throws IOException;
    }

    void take(Path tree, String snapshot, boolean active) throws IOException {
        snapshots.vacant(tree, snapshot);
        keep(tree, active, record -> DurableFile.rename(record, snapshots.vacant(tree, snapshot)));
    }

    /**
     * Keeps the tree's present content as a list of layers. Work on other trees goes on meanwhile: a container may have
     * written much.
     */
    void keep(Path tree, boolean active, Publisher publisher) throws IOException {
        trees.requireOurs(tree);
        Optional<Path> written =
                trees.listing(() -> trees.alone(tree, () -> keepUnlessWritten(tree, active, publisher)));
        if (written.isEmpty()) {
            return;
        }
        Path copy = folder.unfinished();
        try {
            TreeCopier.copy(written.get(), copy, COPY_LIMIT);
            DurableFile.syncFileSystem(copy);
            trees.listing(() -> trees.alone(tree, () -> {
                TreeRecord record = trees.record(tree);
                List<String> stack = new ArrayList<>(record.layers());
                stack.add(0, layers.adopt(copy));
                publish(stack, record, publisher);
                return null;
            }));
        } catch (IOException | RuntimeException e) {
            PoolFolder.remove(copy);
            throw e;
        }
    }

    /** Keeps it; or returns the folder that must be copied, because something may be writing to it. */
    private Optional<Path> keepUnlessWritten(Path tree, boolean active, Publisher publisher) throws IOException {
        TreeRecord record = trees.record(tree);
        if (layers.isUnwritten(record) || !active && !trees.isUsed(tree)) {
            publish(trees.freeze(tree), record, publisher);
            return Optional.empty();
        }
        mounts.requirePossible(tree, record);
        return Optional.of(record.isPlain() ? tree : record.upper());
    }

    private void publish(List<String> stack, TreeRecord of, Publisher publisher) throws IOException {
        Path unfinished = folder.unfinished();
        try {
            TreeRecord snapshot = new TreeRecord(Files.createDirectory(unfinished));
            snapshot.writeCapacity(sizes.of(of).limitBytes());
            snapshot.writeLayers(stack);
            publisher.publish(unfinished);
        } catch (IOException | RuntimeException e) {
            PoolFolder.remove(unfinished);
            throw e;
        }
    }

    void revert(Path tree, Path snapshot) throws IOException {
        trees.listing(() -> trees.alone(tree, () -> {
            revertAlone(tree, snapshot);
            return null;
        }));
        trees.endUnused().forEach(folder::removeLater);
    }

    private void revertAlone(Path tree, Path snapshot) throws IOException {
        trees.requireUnused(tree);
        TreeRecord record = trees.record(tree);
        if (record.isPlain()) {
            trees.freeze(tree); // so that nothing lies beneath the overlay
        }
        TreeRecord frozen = new TreeRecord(snapshot);
        TreeRecord next = new TreeRecord(folder.unfinished());
        mounts.unmount(tree);
        try {
            trees.prepare(next, frozen.layers(), frozen.capacityBytes());
            next.writeLayers(frozen.layers());
            DurableFile.exchange(next.path(), record.path());
        } catch (IOException | RuntimeException e) {
            trees.remove(next);
            mounts.mount(tree, record);
            throw e;
        }
        mounts.mount(tree, record);
        sizes.end(next.project()); // by now it is the old one
        folder.removeLater(next.path());
    }

    void delete(Path tree, String snapshot) throws IOException {
        snapshots.delete(tree, snapshot);
        trees.removeUnused();
    }
}

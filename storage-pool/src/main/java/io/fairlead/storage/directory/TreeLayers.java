package io.fairlead.storage.directory;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.lock.StripedLocks;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * Which layers each tree consists of, and how its content becomes one more layer.
 *
 * <p>Threads: any; changes of one tree follow each other, those of different trees do not wait for one another. Layers
 * are removed while no list of layers is on its way into a record.
 */
final class TreeLayers {
    private final PoolFolder folder;
    private final SnapshotFolder snapshots;
    private final LayerFolder frozen;
    private final Path trees;
    private final Layers layers;
    private final OverlayMounts mounts;
    private final ProjectSizes sizes;
    private final StripedLocks locks = new StripedLocks();
    /**
     * Shared by threads that put layers into records; exclusive for a thread that removes layers. Taken before a tree's
     * lock.
     */
    private final ReadWriteLock lists = new ReentrantReadWriteLock();

    /** @param trees the folder of records */
    TreeLayers(
            PoolFolder folder,
            SnapshotFolder snapshots,
            LayerFolder frozen,
            Path trees,
            Layers layers,
            OverlayMounts mounts,
            ProjectSizes sizes) {
        this.folder = folder;
        this.snapshots = snapshots;
        this.frozen = frozen;
        this.trees = trees;
        this.layers = layers;
        this.mounts = mounts;
        this.sizes = sizes;
    }

    List<TreeRecord> records() throws IOException {
        return PoolFolder.children(trees).stream().map(TreeRecord::new).toList();
    }

    Path tree(TreeRecord record) {
        return folder.path().resolve(record.path().getFileName());
    }

    TreeRecord record(Path tree) {
        return new TreeRecord(trees.resolve(tree.getFileName()));
    }

    void requireOurs(Path tree) {
        if (!record(tree).exists()) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID,
                    "%s is a folder that was there before: it can neither be copied nor have snapshots"
                            .formatted(tree));
        }
    }

    /** No other thread changes the tree meanwhile. */
    <T> T alone(Path tree, StripedLocks.Act<T, IOException> act) throws IOException {
        return locks.with(tree.getFileName().toString(), act);
    }

    /** For a caller that puts layers into a record: none is removed meanwhile. Comes before {@link #alone}. */
    <T> T listing(StripedLocks.Act<T, IOException> act) throws IOException {
        lists.readLock().lock();
        try {
            return act.run();
        } finally {
            lists.readLock().unlock();
        }
    }

    /**
     * Turns the tree's whole content into layers and returns them. A tree without writes since the last time needs no
     * new one.
     */
    List<String> freeze(Path tree) throws IOException {
        TreeRecord record = record(tree);
        if (layers.isUnwritten(record)) {
            return record.layers();
        }
        requireUnused(tree);
        mounts.requirePossible(tree, record);
        mounts.unmount(tree);
        finish(layers.freeze(
                record.isPlain() ? tree : record.upper(), tree.getFileName().toString()));
        mounts.mount(tree, record);
        return record.layers();
    }

    /** Finishes every freeze that a crash cut off. */
    void finishAll() throws IOException {
        for (Layers.Intent intent : layers.intents()) {
            finish(intent);
        }
    }

    /** Finishes a freeze, from whichever step it reached. */
    private void finish(Layers.Intent intent) throws IOException {
        if (layers.hasMoved(intent)) {
            Path tree = folder.of(intent.volume());
            TreeRecord record = record(tree);
            List<String> stack = new ArrayList<>(record.layers());
            if (!stack.contains(intent.layer())) {
                stack.add(0, intent.layer());
                prepare(record, stack, sizes.of(record).limitBytes());
                record.writeLayers(stack); // last: from here on the tree may be written
            }
        }
        layers.done(intent);
    }

    /** Gives the tree an empty upper folder, and ends the count of its earlier writes. */
    void prepare(TreeRecord record, List<String> stack, long capacityBytes) throws IOException {
        Files.createDirectories(record.upper());
        Files.createDirectories(record.work());
        layers.dress(stack.get(0), record.upper());
        OptionalInt before = record.project();
        sizes.begin(record, capacityBytes, record.upper(), record.work());
        sizes.end(before);
    }

    /** The folder that takes the tree's writes; null for a plain folder. */
    static Path upper(TreeRecord record) {
        return Files.isDirectory(record.upper()) ? record.upper() : null;
    }

    boolean isUsed(Path tree) throws IOException {
        return TreeUsers.look().have(tree, upper(record(tree)));
    }

    void requireUnused(Path tree) throws IOException {
        if (isUsed(tree)) {
            throw StorageErrors.volumeBusy(tree.getFileName().toString());
        }
    }

    /** A record and its size. Does nothing if there is none. */
    void remove(TreeRecord record) throws IOException {
        if (record.exists()) {
            OptionalInt project = record.project();
            PoolFolder.remove(folder.discard(record.path()));
            sizes.end(project);
        }
    }

    void removeUnused() throws IOException {
        for (Path rest : endUnused()) {
            PoolFolder.remove(rest);
        }
    }

    /** Out of sight at once; the caller removes the returned remains. */
    List<Path> endUnused() throws IOException {
        lists.writeLock().lock();
        try {
            List<TreeRecord> records = new ArrayList<>(records());
            Stream.concat(snapshots.all().stream(), frozen.folders().stream())
                    .map(TreeRecord::new)
                    .filter(TreeRecord::exists)
                    .forEach(records::add);
            return layers.endUnused(records);
        } finally {
            lists.writeLock().unlock();
        }
    }
}

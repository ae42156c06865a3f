package io.fairlead.storage.directory;

import io.fairlead.core.error.ErrorCode;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.file.TreeCopier;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeLocks;
import io.fairlead.storage.driver.VolumeNames;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trees on file systems without subvolumes. A new tree is a plain folder. Its first activation, copy or snapshot turns what it
 * holds into a layer that nobody writes any more, and puts an overlay over it.
 *
 * <pre>
 * POOL/NAME                     the tree: a plain folder, or where its overlay is mounted while the pool is active
 * POOL/.fairlead/trees/NAME     its {@link TreeRecord}, whose presence makes it ours
 * POOL/.fairlead/snapshots/NAME/ID that of a snapshot
 * POOL/.fairlead/layers         {@link Layers} of both
 * </pre>
 *
 * <p>Changes of names are waited for once, at the end of a change that is reported: the file system keeps their order ({@link
 * LinkText}), so that a power cut leaves a state that a crash could have left, too.
 *
 * <p>Threads: any; changes of one tree follow each other, those of different trees do not wait for one another. Layers are
 * removed while no list of layers is on its way into a record.
 */
final class OverlayTrees implements Trees {
    private static final Logger LOG = LoggerFactory.getLogger(OverlayTrees.class);
    /** For what a running container has written; a snapshot that takes longer is none. */
    private static final Duration COPY_LIMIT = Duration.ofMinutes(10);

    private final PoolFolder folder;
    private final SnapshotFolder snapshots;
    private final Path trees;
    private final Layers layers;
    private final OverlayMounts mounts;
    private final ProjectSizes sizes;
    private final VolumeLocks locks = new VolumeLocks();
    /** Shared by who puts layers into records; had alone by who removes layers. Taken before a tree's lock. */
    private final ReadWriteLock lists = new ReentrantReadWriteLock();

    OverlayTrees(PoolFolder folder, SnapshotFolder snapshots) throws IOException {
        this.folder = folder;
        this.snapshots = snapshots;
        Path own = folder.path().resolve(VolumeNames.RESERVED_PREFIX);
        this.trees = own.resolve("trees");
        this.layers = new Layers(folder, own.resolve("layers"));
        this.mounts = new OverlayMounts(folder, layers.path());
        this.sizes = new ProjectSizes(folder.path());
    }

    @Override
    public void start() throws IOException {
        for (Layers.Intent intent : layers.intents()) {
            finish(intent);
        }
        snapshots.sweep();
        TreeUsers users = TreeUsers.look();
        for (TreeRecord record : records()) {
            Path tree = tree(record);
            if (!Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
                LOG.warn("removing the rest of volume {}, which an earlier daemon did not finish", tree);
                remove(record);
            } else if (!record.isPlain()) {
                mountUnlessUsed(tree, record, users);
            }
        }
        removeUnusedLayers();
    }

    private List<TreeRecord> records() throws IOException {
        return PoolFolder.children(trees).stream().map(TreeRecord::new).toList();
    }

    private Path tree(TreeRecord record) {
        return folder.path().resolve(record.path().getFileName());
    }

    private TreeRecord record(Path tree) {
        return new TreeRecord(trees.resolve(tree.getFileName()));
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
            remove(record);
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
        requireOurs(origin);
        listing(() -> {
            copy(spec, alone(origin, () -> freeze(origin)));
            return null;
        });
    }

    private <T> T alone(Path tree, VolumeLocks.Act<T> act) throws IOException {
        return locks.with(tree.getFileName().toString(), act);
    }

    private <T> T listing(VolumeLocks.Act<T> act) throws IOException {
        lists.readLock().lock();
        try {
            return act.run();
        } finally {
            lists.readLock().unlock();
        }
    }

    private void copy(VolumeSpec spec, List<String> shared) throws IOException {
        TreeRecord record = vacant(spec.name());
        Path unfinished = Files.createDirectory(folder.unfinished());
        try {
            prepare(record, shared, spec.capacityBytes());
            record.writeLayers(shared);
            FileVolumes.apply(spec.permissions(), record.upper());
            folder.publish(unfinished, spec.name());
            mounts.mountFirst(folder.of(spec.name()), shared, record);
        } catch (IOException | RuntimeException e) {
            PoolFolder.remove(folder.of(spec.name()));
            remove(record);
            PoolFolder.remove(unfinished);
            throw e;
        }
    }

    /** A tree with nothing written since; ends what counted for it before. */
    private void prepare(TreeRecord record, List<String> stack, long capacityBytes) throws IOException {
        Files.createDirectories(record.upper());
        Files.createDirectories(record.work());
        layers.dress(stack.get(0), record.upper());
        OptionalInt before = record.project();
        sizes.begin(record, capacityBytes, record.upper(), record.work());
        sizes.end(before);
    }

    private TreeRecord vacant(String volume) throws IOException {
        Path tree = folder.of(volume);
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.volumeExists(volume);
        }
        remove(record(tree)); // of an attempt that failed
        Files.createDirectories(trees);
        return record(tree);
    }

    private void requireOurs(Path tree) {
        if (!record(tree).exists()) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID,
                    "%s is a folder that was there before: it can neither be copied nor have snapshots"
                            .formatted(tree));
        }
    }

    /** What the tree holds becomes layers only; returns them. A tree that was not written since needs no new one. */
    private List<String> freeze(Path tree) throws IOException {
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

    /** Does what is left of a freeze, from wherever it ended. */
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

    @Override
    public void activate(Path tree) throws IOException {
        if (mounts.isMounted(tree) || !record(tree).exists()) {
            return;
        }
        listing(() -> alone(tree, () -> {
            TreeRecord record = record(tree);
            if (!record.isPlain()) {
                mountUnlessUsed(tree, record, TreeUsers.look());
            } else if (mounts.possible() && !isUsed(tree)) {
                freeze(tree); // so that a snapshot of the running container copies only what it writes
            }
            return null;
        }));
    }

    /** Two mounts of one upper folder would not see each other's changes. */
    private void mountUnlessUsed(Path tree, TreeRecord record, TreeUsers users) throws IOException {
        if (users.have(tree, upper(record))) {
            LOG.info("volume {} is used by a container that outlived its daemon: not mounted here", tree);
        } else {
            mounts.mount(tree, record);
        }
    }

    private static Path upper(TreeRecord record) {
        return Files.isDirectory(record.upper()) ? record.upper() : null;
    }

    private boolean isUsed(Path tree) throws IOException {
        return TreeUsers.look().have(tree, upper(record(tree)));
    }

    private void requireUnused(Path tree) throws IOException {
        if (isUsed(tree)) {
            throw StorageErrors.volumeBusy(tree.getFileName().toString());
        }
    }

    /** Others go on meanwhile: a container may have written much. */
    @Override
    public void take(Path tree, String snapshot, boolean active) throws IOException {
        requireOurs(tree);
        Optional<Path> written = listing(() -> alone(tree, () -> takeUnlessWritten(tree, snapshot, active)));
        if (written.isEmpty()) {
            return;
        }
        Path copy = folder.unfinished();
        try {
            TreeCopier.copy(written.get(), copy, COPY_LIMIT);
            DurableFile.syncFileSystem(copy);
            listing(() -> alone(tree, () -> {
                TreeRecord record = record(tree);
                List<String> stack = new ArrayList<>(record.layers());
                stack.add(0, layers.adopt(copy));
                publish(snapshots.vacant(tree, snapshot), stack, record);
                return null;
            }));
        } catch (IOException | RuntimeException e) {
            PoolFolder.remove(copy);
            throw e;
        }
    }

    /** Takes the snapshot; or returns what has to be copied, because somebody may be writing to it. */
    private Optional<Path> takeUnlessWritten(Path tree, String snapshot, boolean active) throws IOException {
        TreeRecord record = record(tree);
        Path place = snapshots.vacant(tree, snapshot);
        if (layers.isUnwritten(record) || !active && !isUsed(tree)) {
            publish(place, freeze(tree), record);
            return Optional.empty();
        }
        mounts.requirePossible(tree, record);
        return Optional.of(record.isPlain() ? tree : record.upper());
    }

    private void publish(Path place, List<String> stack, TreeRecord of) throws IOException {
        Path unfinished = folder.unfinished();
        try {
            TreeRecord snapshot = new TreeRecord(Files.createDirectory(unfinished));
            snapshot.writeCapacity(sizes.of(of).limitBytes());
            snapshot.writeLayers(stack);
            DurableFile.rename(unfinished, place);
        } catch (IOException | RuntimeException e) {
            PoolFolder.remove(unfinished);
            throw e;
        }
    }

    @Override
    public void revert(Path tree, Path snapshot) throws IOException {
        listing(() -> alone(tree, () -> {
            revertAlone(tree, snapshot);
            return null;
        }));
        endUnusedLayers().forEach(folder::removeLater);
    }

    private void revertAlone(Path tree, Path snapshot) throws IOException {
        requireUnused(tree);
        TreeRecord record = record(tree);
        if (record.isPlain()) {
            freeze(tree); // so that nothing lies beneath the overlay
        }
        TreeRecord frozen = new TreeRecord(snapshot);
        TreeRecord next = new TreeRecord(folder.unfinished());
        mounts.unmount(tree);
        try {
            prepare(next, frozen.layers(), frozen.capacityBytes());
            next.writeLayers(frozen.layers());
            DurableFile.exchange(next.path(), record.path());
        } catch (IOException | RuntimeException e) {
            remove(next);
            mounts.mount(tree, record);
            throw e;
        }
        mounts.mount(tree, record);
        sizes.end(next.project()); // by now it is the old one
        folder.removeLater(next.path());
    }

    @Override
    public void deleteSnapshot(Path tree, String snapshot) throws IOException {
        snapshots.delete(tree, snapshot);
        removeUnusedLayers();
    }

    @Override
    public void limit(Path tree, long bytes) throws IOException {
        if (!sizes.possible()) {
            throw StorageErrors.unsupported(
                    "the file system of %s has no limit for the size of a folder".formatted(tree));
        }
        if (!sizes.limit(record(tree), bytes)) {
            throw StorageErrors.unsupported(
                    "%s was made while its file system had no limit for the size of a folder; a clone of it has"
                            .formatted(tree));
        }
    }

    @Override
    public Size size(Path tree) throws IOException {
        return sizes.of(record(tree));
    }

    @Override
    public void delete(Path tree) throws IOException {
        TreeRecord record = record(tree);
        if (!record.exists()) {
            Files.delete(tree);
            return;
        }
        Path gone = alone(tree, () -> {
            requireUnused(tree);
            mounts.unmount(tree);
            return folder.unpublish(tree);
        });
        remove(record);
        snapshots.deleteAll(tree);
        PoolFolder.remove(gone);
        removeUnusedLayers();
    }

    /** Does nothing if there is none. */
    private void remove(TreeRecord record) throws IOException {
        if (record.exists()) {
            OptionalInt project = record.project();
            PoolFolder.remove(folder.discard(record.path()));
            sizes.end(project);
        }
    }

    private void removeUnusedLayers() throws IOException {
        for (Path rest : endUnusedLayers()) {
            PoolFolder.remove(rest);
        }
    }

    private List<Path> endUnusedLayers() throws IOException {
        lists.writeLock().lock();
        try {
            List<TreeRecord> records = new ArrayList<>(records());
            snapshots.all().stream()
                    .map(TreeRecord::new)
                    .filter(TreeRecord::exists)
                    .forEach(records::add);
            return layers.endUnused(records);
        } finally {
            lists.writeLock().unlock();
        }
    }

    @Override
    public void stop() throws IOException {
        for (TreeRecord record : records()) {
            mounts.unmount(tree(record));
        }
    }
}

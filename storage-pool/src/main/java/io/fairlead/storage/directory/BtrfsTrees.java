package io.fairlead.storage.directory;

import io.fairlead.linux.btrfs.SubvolumeQuota;
import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Trees that are subvolumes of btrfs; their size is a quota of the subvolume. A layer is a folder with a read-only
 * subvolume in it: one such can be renamed only within its folder, but its folder can be renamed.
 */
final class BtrfsTrees implements Trees {
    private final PoolFolder folder;
    private final SnapshotFolder snapshots;
    private final LayerFolder layers;
    private final AtomicInteger copying = new AtomicInteger();

    BtrfsTrees(PoolFolder folder, SnapshotFolder snapshots, LayerFolder layers) {
        this.folder = folder;
        this.snapshots = snapshots;
        this.layers = layers;
    }

    @Override
    public void start() throws IOException {
        snapshots.sweep(); // subvolumes need nothing; unfinished ones are swept with the folder
    }

    @Override
    public void create(VolumeSpec spec) throws IOException {
        make(spec, Subvolumes::create);
    }

    /**
     * The kernel commits the whole file system for each copy, and keeps the folder that it is made in locked meanwhile.
     * So a lone thread makes the copy under its final name: one commit, and the copy is there for good. A thread that
     * comes during another's copy, or that must change something before the copy may be seen, makes it in a folder of
     * its own: the kernel commits many of these at once.
     */
    @Override
    public void copy(VolumeSpec spec, Path origin, boolean active) throws IOException {
        requireSubvolume(origin);
        boolean alone = copying.getAndIncrement() == 0;
        try {
            if (alone && spec.capacityBytes() == 0 && spec.permissions().areThoseOf(origin)) {
                Subvolumes.snapshot(origin, folder.of(spec.name()));
            } else {
                make(spec, unfinished -> Subvolumes.snapshot(origin, unfinished));
            }
        } finally {
            copying.getAndDecrement();
        }
    }

    private static void requireSubvolume(Path tree) throws IOException {
        if (!Subvolumes.is(tree)) {
            throw new IOException("%s is a plain folder, not a subvolume".formatted(tree));
        }
    }

    @Override
    public void activate(Path tree) {
        // it is there
    }

    /** The snapshot's quota keeps the size; nothing else is charged to it. */
    @Override
    public void take(Path tree, String snapshot, boolean active) throws IOException {
        requireSubvolume(tree);
        Path place = snapshots.vacant(tree, snapshot);
        Path unfinished = SnapshotFolder.unfinished(place);
        PoolFolder.remove(unfinished); // of an attempt that failed
        Subvolumes.freeze(tree, unfinished);
        limitAs(tree, unfinished);
        DurableFile.rename(unfinished, place);
    }

    private static void limitAs(Path origin, Path copy) throws ErrnoException {
        long bytes = SubvolumeQuota.of(origin).map(SubvolumeQuota::limitBytes).orElse(0L);
        if (bytes > 0) {
            SubvolumeQuota.limit(copy, bytes);
        }
    }

    @Override
    public void revert(Path tree, Path snapshot) throws IOException {
        requireUnused(tree);
        Path unfinished = folder.unfinished();
        Subvolumes.snapshot(snapshot, unfinished);
        try {
            limitAs(snapshot, unfinished);
            DurableFile.exchange(unfinished, tree);
        } catch (IOException e) {
            Subvolumes.delete(unfinished);
            throw e;
        }
        folder.removeLater(unfinished); // by now it is the old one
    }

    @Override
    public void deleteSnapshot(Path tree, String snapshot) throws IOException {
        snapshots.delete(tree, snapshot);
    }

    @Override
    public void freeze(Path tree, String layer, boolean active) throws IOException {
        requireSubvolume(tree);
        makeLayer(layer, Optional.empty(), unfinished -> Subvolumes.freeze(tree, unfinished));
    }

    @Override
    public void build(String layer, Optional<Path> parent, Filling filling) throws IOException {
        Optional<String> parentId = parent.map(path -> path.getFileName().toString());
        makeLayer(layer, parentId, unfinished -> {
            if (parent.isPresent()) {
                Subvolumes.snapshot(tree(parent.get()), unfinished);
            } else {
                Subvolumes.create(unfinished);
            }
            try (Fd top = Fd.open(unfinished, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY)) {
                filling.fill(top);
            }
            DurableFile.syncFileSystem(unfinished);
            Subvolumes.makeReadOnly(unfinished);
        });
    }

    private static Path tree(Path layer) {
        return layer.resolve("tree");
    }

    private void makeLayer(String layer, Optional<String> parent, Maker maker) throws IOException {
        Path own = folder.makeUnfinished();
        try {
            maker.make(tree(own));
            layers.publish(own, layer, parent);
        } finally {
            PoolFolder.remove(own); // by now it has another name, unless it failed
        }
    }

    @Override
    public void compose(VolumeSpec spec, Path layer) throws IOException {
        make(spec, unfinished -> Subvolumes.snapshot(tree(layer), unfinished));
    }

    @Override
    public void deleteLayer(Path layer) throws IOException {
        PoolFolder.remove(layers.unpublish(layer));
    }

    private interface Maker {
        void make(Path unfinished) throws IOException;
    }

    private void make(VolumeSpec spec, Maker maker) throws IOException {
        Path own = Files.createDirectory(folder.unfinished());
        Path unfinished = own.resolve("tree");
        try {
            maker.make(unfinished);
            FileVolumes.apply(spec.permissions(), unfinished);
            if (spec.capacityBytes() > 0) {
                limit(unfinished, spec.capacityBytes());
            }
            folder.publish(unfinished, spec.name());
        } finally {
            PoolFolder.remove(own);
        }
    }

    @Override
    public void limit(Path tree, long bytes) throws IOException {
        if (bytes > 0) {
            SubvolumeQuota.enable(folder.path());
        }
        SubvolumeQuota.limit(tree, bytes);
    }

    @Override
    public Size size(Path tree) throws IOException {
        if (!Subvolumes.is(tree)) {
            return Size.UNKNOWN;
        }
        return SubvolumeQuota.of(tree)
                .map(quota -> new Size(quota.limitBytes(), quota.usedBytes()))
                .orElse(Size.UNKNOWN);
    }

    @Override
    public void delete(Path tree) throws IOException {
        if (!Subvolumes.is(tree)) {
            Files.delete(tree);
            return;
        }
        requireUnused(tree);
        Path gone = folder.unpublish(tree);
        snapshots.deleteAll(tree);
        PoolFolder.remove(gone);
    }

    private static void requireUnused(Path tree) throws IOException {
        if (TreeUsers.look().have(tree, null)) {
            throw StorageErrors.volumeBusy(tree.getFileName().toString());
        }
    }

    @Override
    public boolean owns(Path tree) throws IOException {
        return Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS) && Subvolumes.is(tree);
    }

    @Override
    public void forget(Path tree) {
        // a subvolume is all there is of a tree
    }

    @Override
    public void stop() {
        // nothing is mounted
    }
}

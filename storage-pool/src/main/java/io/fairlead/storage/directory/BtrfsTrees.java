package io.fairlead.storage.directory;

import io.fairlead.linux.btrfs.SubvolumeQuota;
import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Trees that are subvolumes of btrfs; their size is a quota of the subvolume. */
final class BtrfsTrees implements Trees {
    private final PoolFolder folder;

    BtrfsTrees(PoolFolder folder) {
        this.folder = folder;
    }

    @Override
    public void start() {
        // Subvolumes need nothing; unfinished ones are swept with the folder.
    }

    @Override
    public void create(VolumeSpec spec) throws IOException {
        make(spec, Subvolumes::create);
    }

    @Override
    public void copy(VolumeSpec spec, Path origin) throws IOException {
        if (!Subvolumes.is(origin)) {
            throw new IOException("%s is a plain folder, not a subvolume".formatted(origin));
        }
        make(spec, unfinished -> Subvolumes.snapshot(origin, unfinished));
    }

    private interface Maker {
        void make(Path unfinished) throws IOException;
    }

    private void make(VolumeSpec spec, Maker maker) throws IOException {
        Path unfinished = folder.unfinished();
        maker.make(unfinished);
        try {
            FileVolumes.apply(spec.permissions(), unfinished);
            if (spec.capacityBytes() > 0) {
                limit(unfinished, spec.capacityBytes());
            }
            folder.publish(unfinished, spec.name());
        } catch (IOException | RuntimeException e) {
            Subvolumes.delete(unfinished);
            throw e;
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
        if (TreeUsers.anyOf(tree, null)) {
            throw StorageErrors.volumeBusy(tree.getFileName().toString());
        }
        Path gone = folder.unpublish(tree);
        try {
            Subvolumes.delete(gone);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOTEMPTY) {
                throw e;
            }
            TreeRemover.remove(gone); // it has subvolumes inside, which somebody made in the container
        }
    }

    @Override
    public void stop() {
        // nothing is mounted
    }
}

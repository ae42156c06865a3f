package io.fairlead.storage.directory;

import static io.fairlead.storage.directory.DirectoryErrors.tried;

import io.fairlead.linux.device.LoopDevices;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSnapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Snapshots of files and of trees, by the kind of the volume. */
final class DirectorySnapshots implements VolumeSnapshots {
    /** The facts known of a pool's volumes. */
    interface Volumes {
        VolumeFacts existing(String volume) throws IOException;

        boolean isActive(String volume);
    }

    private final Volumes volumes;
    private final SnapshotFolder snapshots;
    private final FileVolumes files;
    private final Trees trees;

    DirectorySnapshots(Volumes volumes, SnapshotFolder snapshots, FileVolumes files, Trees trees) {
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.files = files;
        this.trees = trees;
    }

    @Override
    public Set<String> of(String volume) {
        return tried("list the snapshots of volume '%s'".formatted(volume), () -> {
            volumes.existing(volume);
            return snapshots.of(volume);
        });
    }

    @Override
    public void take(String volume, String snapshot) {
        tried("take a snapshot of volume '%s'".formatted(volume), () -> {
            VolumeFacts facts = volumes.existing(volume);
            if (VolumeLook.isTree(facts)) {
                trees.take(facts.path(), snapshot, volumes.isActive(volume));
            } else {
                files.take(facts.path(), snapshots.vacant(facts.path(), snapshot));
            }
            return null;
        });
    }

    @Override
    public void revert(String volume, String snapshot) {
        tried("take volume '%s' back to a snapshot".formatted(volume), () -> {
            VolumeFacts facts = volumes.existing(volume);
            Path frozen = snapshots.existing(facts.path(), snapshot);
            if (volumes.isActive(volume)) {
                throw StorageErrors.volumeBusy(volume);
            }
            if (VolumeLook.isTree(facts)) {
                trees.revert(facts.path(), frozen);
            } else {
                requireUnused(facts);
                files.revert(facts.path(), frozen);
            }
            return null;
        });
    }

    /** A file is in use as a loop device, or while a container has it mounted. */
    private static void requireUnused(VolumeFacts facts) throws IOException {
        if (!LoopDevices.attachedBelow(facts.path()).isEmpty()
                || TreeUsers.look().have(facts.path(), null)) {
            throw StorageErrors.volumeBusy(facts.name());
        }
    }

    @Override
    public void delete(String volume, String snapshot) {
        tried("delete a snapshot of volume '%s'".formatted(volume), () -> {
            VolumeFacts facts = volumes.existing(volume);
            if (VolumeLook.isTree(facts)) {
                trees.deleteSnapshot(facts.path(), snapshot);
            } else {
                snapshots.delete(facts.path(), snapshot);
            }
            return null;
        });
    }
}

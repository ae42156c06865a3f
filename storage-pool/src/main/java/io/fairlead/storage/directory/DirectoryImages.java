package io.fairlead.storage.directory;

import static io.fairlead.storage.directory.DirectoryErrors.tried;

import io.fairlead.linux.device.LoopDevices;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Images of files and of trees, by what the volume is. */
final class DirectoryImages implements VolumeImages {
    /** What is known of a pool's volumes. */
    interface Volumes {
        VolumeFacts existing(String volume) throws IOException;

        boolean isActive(String volume);
    }

    private final Volumes volumes;
    private final ImageFolder images;
    private final FileVolumes files;
    private final Trees trees;

    DirectoryImages(Volumes volumes, ImageFolder images, FileVolumes files, Trees trees) {
        this.volumes = volumes;
        this.images = images;
        this.files = files;
        this.trees = trees;
    }

    @Override
    public Set<String> of(String volume) {
        return tried("list the images of volume '%s'".formatted(volume), () -> {
            volumes.existing(volume);
            return images.of(volume);
        });
    }

    @Override
    public void take(String volume, String image) {
        tried("take an image of volume '%s'".formatted(volume), () -> {
            VolumeFacts facts = volumes.existing(volume);
            if (VolumeLook.isTree(facts)) {
                trees.take(facts.path(), image, volumes.isActive(volume));
            } else {
                files.take(facts.path(), images.vacant(facts.path(), image));
            }
            return null;
        });
    }

    @Override
    public void revert(String volume, String image) {
        tried("take volume '%s' back to an image".formatted(volume), () -> {
            VolumeFacts facts = volumes.existing(volume);
            Path frozen = images.existing(facts.path(), image);
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

    /** A file is in use as a loop device, or where a container has it mounted. */
    private static void requireUnused(VolumeFacts facts) throws IOException {
        if (!LoopDevices.attachedBelow(facts.path()).isEmpty()
                || TreeUsers.look().have(facts.path(), null)) {
            throw StorageErrors.volumeBusy(facts.name());
        }
    }

    @Override
    public void delete(String volume, String image) {
        tried("delete an image of volume '%s'".formatted(volume), () -> {
            VolumeFacts facts = volumes.existing(volume);
            if (VolumeLook.isTree(facts)) {
                trees.deleteImage(facts.path(), image);
            } else {
                images.delete(facts.path(), image);
            }
            return null;
        });
    }
}

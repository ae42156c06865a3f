package io.fairlead.storage.directory;

import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.file.FileStat;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeNames;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a pool keeps its images: {@code POOL/.fairlead/images/VOLUME/ID}, each a file, a folder or a subvolume. */
final class ImageFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFolder.class);
    /** Root's alone: an image holds the programs and secrets of a container. */
    private static final int PRIVATE = 0700;

    private static final String UNFINISHED = ".new";

    private final PoolFolder folder;
    private final Path images;

    ImageFolder(PoolFolder folder) {
        this.folder = folder;
        this.images = folder.path().resolve(VolumeNames.RESERVED_PREFIX).resolve("images");
    }

    Set<String> of(String volume) throws IOException {
        return PoolFolder.children(of(folder.of(volume))).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.endsWith(UNFINISHED))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Path of(Path volume) {
        return images.resolve(volume.getFileName());
    }

    /** Every image there is. */
    List<Path> all() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path volume : PoolFolder.children(images)) {
            found.addAll(PoolFolder.children(volume));
        }
        return found;
    }

    /** @throws io.fairlead.core.error.EngineException NO_STORAGE_VOLUME */
    Path existing(Path volume, String image) {
        VolumeNames.checkImage(image);
        Path path = of(volume).resolve(image);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.noImage(volume.getFileName().toString(), image);
        }
        return path;
    }

    /** Where an image is going to be; its folder is there. @throws io.fairlead.core.error.EngineException STORAGE_VOLUME_EXISTS */
    Path vacant(Path volume, String image) throws IOException {
        VolumeNames.checkImage(image);
        Path path = of(volume).resolve(image);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.imageExists(volume.getFileName().toString(), image);
        }
        if (!Files.isDirectory(path.getParent())) {
            Files.createDirectories(path.getParent());
            Files.setAttribute(images, "unix:mode", PRIVATE);
            DurableFile.syncFolder(images);
            DurableFile.syncFolder(images.getParent());
        }
        return path;
    }

    /** A name beside the image, for what cannot be moved from one folder to another. A start removes what has it. */
    static Path unfinished(Path image) {
        return image.resolveSibling(image.getFileName() + UNFINISHED);
    }

    void delete(Path volume, String image) throws IOException {
        VolumeNames.checkImage(image);
        Path path = of(volume).resolve(image);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            delete(path);
            deleteIfEmpty(of(volume));
        }
    }

    /** Of a volume that is gone, or about to be made. */
    void deleteAll(Path volume) throws IOException {
        for (Path image : PoolFolder.children(of(volume))) {
            delete(image);
        }
        deleteIfEmpty(of(volume));
    }

    /** A folder would be half an image while it is being deleted; a frozen subvolume can be deleted only where it is. */
    private void delete(Path image) throws IOException {
        if (FileStat.ofLink(image).isFolder() && !Subvolumes.is(image)) {
            PoolFolder.remove(folder.unpublish(image));
        } else {
            PoolFolder.remove(image);
        }
        DurableFile.syncFolder(image.getParent());
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            LOG.trace("{} has more images", directory);
        }
    }

    /** Removes what a crash left: unfinished images, and those of volumes that are deleted. */
    void sweep() throws IOException {
        for (Path images : PoolFolder.children(images)) {
            Path volume = folder.of(images.getFileName().toString());
            boolean gone = !Files.exists(volume, LinkOption.NOFOLLOW_LINKS);
            for (Path image : PoolFolder.children(images)) {
                if (gone || image.getFileName().toString().endsWith(UNFINISHED)) {
                    LOG.warn("removing {}, which an earlier daemon did not finish", image);
                    delete(image);
                }
            }
            deleteIfEmpty(images);
        }
    }
}

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

/**
 * Where a pool keeps its snapshots: {@code POOL/.fairlead/snapshots/VOLUME/ID}, each a file, a folder or a subvolume.
 */
final class SnapshotFolder {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFolder.class);
    private static final String UNFINISHED = ".new";

    private final PoolFolder folder;
    private final Path snapshots;

    SnapshotFolder(PoolFolder folder) {
        this.folder = folder;
        this.snapshots = folder.path().resolve(VolumeNames.RESERVED_PREFIX).resolve("snapshots");
    }

    Set<String> of(String volume) throws IOException {
        return PoolFolder.children(of(folder.of(volume))).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.endsWith(UNFINISHED))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Path of(Path volume) {
        return snapshots.resolve(volume.getFileName());
    }

    /** Every snapshot there is. */
    List<Path> all() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path volume : PoolFolder.children(snapshots)) {
            found.addAll(PoolFolder.children(volume));
        }
        return found;
    }

    /** @throws io.fairlead.kit.error.EngineException NO_STORAGE_VOLUME */
    Path existing(Path volume, String snapshot) {
        VolumeNames.checkSnapshot(snapshot);
        Path path = of(volume).resolve(snapshot);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.noSnapshot(volume.getFileName().toString(), snapshot);
        }
        return path;
    }

    /**
     * Where a snapshot is going to be; its folder is there.
     *
     * @throws io.fairlead.kit.error.EngineException STORAGE_VOLUME_EXISTS
     */
    Path vacant(Path volume, String snapshot) throws IOException {
        VolumeNames.checkSnapshot(snapshot);
        Path path = of(volume).resolve(snapshot);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.snapshotExists(volume.getFileName().toString(), snapshot);
        }
        if (!Files.isDirectory(path.getParent())) {
            Files.createDirectories(path.getParent());
            Files.setAttribute(snapshots, "unix:mode", PoolFolder.PRIVATE);
            DurableFile.syncFolder(snapshots);
            DurableFile.syncFolder(snapshots.getParent());
        }
        return path;
    }

    /**
     * A name beside the snapshot, for content that cannot move from one folder to another. A start removes everything
     * with such a name.
     */
    static Path unfinished(Path snapshot) {
        return snapshot.resolveSibling(snapshot.getFileName() + UNFINISHED);
    }

    void delete(Path volume, String snapshot) throws IOException {
        VolumeNames.checkSnapshot(snapshot);
        Path path = of(volume).resolve(snapshot);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            delete(path);
            deleteIfEmpty(of(volume));
        }
    }

    /** Deletes all snapshots of a volume that is gone, or about to be made. */
    void deleteAll(Path volume) throws IOException {
        for (Path snapshot : PoolFolder.children(of(volume))) {
            delete(snapshot);
        }
        deleteIfEmpty(of(volume));
    }

    /**
     * A folder would be half a snapshot while it is being deleted; a frozen subvolume can be deleted only where it is.
     */
    private void delete(Path snapshot) throws IOException {
        if (FileStat.ofLink(snapshot).isFolder() && !Subvolumes.is(snapshot)) {
            PoolFolder.remove(folder.unpublish(snapshot));
        } else {
            PoolFolder.remove(snapshot);
        }
        DurableFile.syncFolder(snapshot.getParent());
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            LOG.trace("{} has more snapshots", directory);
        }
    }

    /** Removes the remains of a crash: unfinished snapshots, and those of deleted volumes. */
    void sweep() throws IOException {
        for (Path snapshots : PoolFolder.children(snapshots)) {
            Path volume = folder.of(snapshots.getFileName().toString());
            boolean gone = !Files.exists(volume, LinkOption.NOFOLLOW_LINKS);
            for (Path snapshot : PoolFolder.children(snapshots)) {
                if (gone || snapshot.getFileName().toString().endsWith(UNFINISHED)) {
                    LOG.warn("removing {}, which an earlier daemon did not finish", snapshot);
                    delete(snapshot);
                }
            }
            deleteIfEmpty(snapshots);
        }
    }
}

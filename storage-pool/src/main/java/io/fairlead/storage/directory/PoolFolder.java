package io.fairlead.storage.directory;

import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder a pool is, and the names of what is unfinished in it. */
final class PoolFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PoolFolder.class);
    private static final String UNFINISHED = VolumeNames.RESERVED_PREFIX + "-new-";
    private static final String DELETED = VolumeNames.RESERVED_PREFIX + "-gone-";

    private final Path path;
    private final String key = UUID.randomUUID().toString().substring(0, 8);
    private long count; // guarded by this

    PoolFolder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    Path of(String volume) {
        VolumeNames.check(volume);
        return path.resolve(volume);
    }

    /** A name for what is being made. */
    Path unfinished() {
        return path.resolve(UNFINISHED + next());
    }

    private synchronized String next() {
        return key + "-" + ++count;
    }

    /** Makes what is finished a volume. The caller holds the name, so nobody of ours can take it in between. */
    void publish(Path finished, String volume) throws ErrnoException {
        Path target = of(volume);
        if (Files.exists(target, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.volumeExists(volume);
        }
        DurableFile.rename(finished, target);
    }

    /** Ends something's being a volume at once; what is left is removed by the caller, or by the next start. */
    Path unpublish(Path volume) throws ErrnoException {
        Path gone = path.resolve(DELETED + next());
        DurableFile.rename(volume, gone);
        return gone;
    }

    /** Removes what a crash left. */
    void sweep() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, VolumeNames.RESERVED_PREFIX + "-*")) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.startsWith(UNFINISHED) || name.startsWith(DELETED)) {
                    LOG.warn("removing {}, which an earlier daemon did not finish", entry);
                    remove(entry);
                }
            }
        }
    }

    /** Removes a file, a tree or a subvolume. */
    static void remove(Path path) throws IOException {
        try {
            if (!FileStat.ofLink(path).isFolder()) {
                Files.deleteIfExists(path);
            } else if (Subvolumes.is(path)) {
                Subvolumes.delete(path);
            } else {
                TreeRemover.remove(path);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }
}

package io.fairlead.storage.directory;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.LockFile;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which active pool holds which folder. A folder has at most one pool. That holds for every name of the folder: a link,
 * another mount of the same files, or a pool of another daemon.
 */
final class FolderClaims {
    private static final Logger LOG = LoggerFactory.getLogger(FolderClaims.class);

    /**
     * Locks of all daemons of this host. The folder itself is not locked: its open descriptor would keep its file
     * system from being unmounted.
     */
    private static final Path LOCKS = Path.of("/run/fairlead-pools");

    /** Names of pools by device and inode of their folder, for naming the pool in the way. */
    private final Map<String, String> pools = new ConcurrentHashMap<>();

    /**
     * Takes a folder for a pool that starts.
     *
     * @param real without links
     * @param shown for the error
     * @throws io.fairlead.kit.error.EngineException OPERATION_FAILED, in libvirt's words, if another pool holds it
     */
    FolderClaim take(String pool, Path real, Path shown) throws IOException {
        FileStat stat = FileStat.of(real);
        String identity = identity(stat);
        String other = pools.putIfAbsent(identity, pool);
        if (other != null) {
            throw StorageErrors.conflict(other);
        }
        FolderClaim claim = new FolderClaim(lock(stat), () -> pools.remove(identity, pool));
        try {
            if (!Files.isWritable(LOCKS)) {
                LOG.warn("{} cannot be written to: another daemon with a pool in {} goes unnoticed", LOCKS, shown);
            } else if (!claim.lock()) {
                throw StorageErrors.of(
                        ErrorCode.OPERATION_FAILED,
                        "Storage source conflict with pool: another daemon has a pool in '%s'".formatted(shown));
            }
            requireOutside(real);
            return claim;
        } catch (IOException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    /**
     * Looks for a pool of any daemon further up. Neither that pool's own files nor a tree that it made may become a
     * pool.
     */
    private static void requireOutside(Path real) throws IOException {
        for (Path inner = real; inner.getParent() != null; inner = inner.getParent()) {
            Path outer = inner.getParent();
            Path lock = lock(FileStat.of(outer));
            if (Files.exists(lock) && LockFile.isLocked(lock) && isTaken(outer, inner)) {
                throw StorageErrors.of(
                        ErrorCode.OPERATION_FAILED,
                        "Storage source conflict with pool: '%s' is one, and '%s' is kept by it"
                                .formatted(outer, inner));
            }
        }
    }

    private static boolean isTaken(Path outer, Path inner) throws IOException {
        String name = inner.getFileName().toString();
        return name.startsWith(VolumeNames.RESERVED_PREFIX)
                || Files.isDirectory(outer.resolve(VolumeNames.RESERVED_PREFIX)
                        .resolve("trees")
                        .resolve(name))
                || Subvolumes.possibleIn(outer) && Subvolumes.is(inner);
    }

    /**
     * With its birth, where the file system keeps that: the inode of a folder deleted under an active pool soon belongs
     * to another folder.
     */
    private static String identity(FileStat stat) {
        String born = stat.born()
                .map(time -> "-%d.%d".formatted(time.getEpochSecond(), time.getNano()))
                .orElse("");
        return "%s-%d%s".formatted(stat.fileSystem().replace(':', '-'), stat.inode(), born);
    }

    private static Path lock(FileStat stat) {
        if (!Files.isDirectory(LOCKS) && !LOCKS.toFile().mkdir()) {
            LOG.debug("{} cannot be made", LOCKS);
        }
        return LOCKS.resolve(identity(stat));
    }
}

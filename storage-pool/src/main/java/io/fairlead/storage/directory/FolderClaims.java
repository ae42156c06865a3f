package io.fairlead.storage.directory;

import io.fairlead.core.error.ErrorCode;
import io.fairlead.linux.file.FileStat;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which active pool has which folder. A folder has one pool, whatever name it is reached by: a link, another mount of the same
 * files, from another daemon.
 */
final class FolderClaims {
    private static final Logger LOG = LoggerFactory.getLogger(FolderClaims.class);

    /**
     * Locks of all daemons of this host. The folder itself is not locked: its open descriptor would keep what it lies on from being
     * unmounted.
     */
    private static final Path LOCKS = Path.of("/run/fairlead-pools");

    /** Names of pools by device and inode of their folder: to say which of ours is in the way. */
    private final Map<String, String> pools = new ConcurrentHashMap<>();

    /**
     * Takes a folder for a pool that starts.
     *
     * @param real without links
     * @param shown for the error
     * @throws io.fairlead.core.error.EngineException OPERATION_FAILED, in libvirt's words, if another pool has it
     */
    FolderClaim take(String pool, Path real, Path shown) throws IOException {
        FileStat stat = FileStat.of(real);
        String identity = stat.fileSystem() + " " + stat.inode();
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
            return claim;
        } catch (IOException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    private static Path lock(FileStat stat) {
        if (!Files.isDirectory(LOCKS) && !LOCKS.toFile().mkdir()) {
            LOG.debug("{} cannot be made", LOCKS);
        }
        return LOCKS.resolve("%s-%d".formatted(stat.fileSystem().replace(':', '-'), stat.inode()));
    }
}

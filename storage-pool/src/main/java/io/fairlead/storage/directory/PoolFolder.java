package io.fairlead.storage.directory;

import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.LockFile;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool's folder, and the names of unfinished files in it. */
final class PoolFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PoolFolder.class);
    private static final Duration REMOVAL_LIMIT = Duration.ofMinutes(1);
    private static final String UNFINISHED = VolumeNames.RESERVED_PREFIX + "-new-";
    /** In a folder that is being made: locked by its maker. */
    static final String MAKER = VolumeNames.RESERVED_PREFIX + "-maker";

    private static final String DELETED = VolumeNames.RESERVED_PREFIX + "-gone-";

    /** Root's alone: contents of containers, with their programs and secrets. */
    static final int PRIVATE = 0700;

    private final Path path;
    private final String key = UUID.randomUUID().toString().substring(0, 8);
    private long count; // guarded by this
    private final List<Thread> removers = new ArrayList<>(); // guarded by this

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

    /** A name for a volume that is being made. */
    Path unfinished() {
        return path.resolve(UNFINISHED + next());
    }

    /** Makes a folder with such a name that root alone can enter, while it holds programs with set-user-id. */
    Path makeUnfinished() throws IOException {
        Path made = Files.createDirectory(unfinished());
        Files.setAttribute(made, "unix:mode", PRIVATE);
        return made;
    }

    private synchronized String next() {
        return key + "-" + ++count;
    }

    /**
     * Makes a finished file or folder a volume. The caller holds the name, so no other thread of ours takes it in
     * between.
     */
    void publish(Path finished, String volume) throws ErrnoException {
        Path target = of(volume);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.volumeExists(volume);
        }
        DurableFile.rename(finished, target);
    }

    /** Takes a volume's name away at once, by a rename. The caller removes the remains, or the next start does. */
    Path unpublish(Path volume) throws ErrnoException {
        Path gone = path.resolve(DELETED + next());
        DurableFile.rename(volume, gone);
        return gone;
    }

    /**
     * As {@link #unpublish}, for a file that is not needed: should a power cut bring it back, the next start finds that
     * out again.
     */
    Path discard(Path unneeded) throws IOException {
        return Files.move(unneeded, path.resolve(DELETED + next()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the remains of a crash. */
    void sweep() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, VolumeNames.RESERVED_PREFIX + "-*")) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.startsWith(UNFINISHED) && isBeingMade(entry)) {
                    LOG.info("leaving {} alone, which somebody is just making", entry);
                } else if (name.startsWith(UNFINISHED) || name.startsWith(DELETED)) {
                    LOG.warn("removing {}, which an earlier daemon did not finish", entry);
                    Mounts.unmountBelow(entry);
                    remove(entry);
                }
            }
        }
    }

    /**
     * Until the file is closed, keeps other daemons that share the pool's folder from sweeping away unfinished volumes.
     */
    void markAsBeingMade(Fd file) {
        try {
            LockFile.tryLock(file);
        } catch (ErrnoException e) {
            LOG.debug("{} cannot be locked", file.name(), e);
        }
    }

    /**
     * A maker locks the file it makes, or a file beside it where qemu-img must not find it locked. The lock ends with
     * the maker.
     */
    private static boolean isBeingMade(Path entry) throws IOException {
        try {
            return LockFile.isLocked(entry)
                    || Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && LockFile.isLocked(entry.resolve(MAKER));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ELOOP || e.errno() == Errno.ENXIO) {
                return false; // finished meanwhile, or nothing that we make
            }
            throw e;
        }
    }

    /**
     * Removes former volumes on a thread of its own, so that no caller waits for large trees.
     *
     * @param rest has a name that the next start sweeps
     */
    synchronized void removeLater(Path rest) {
        Thread remover = DaemonThreads.named("fairlead-remover", () -> removeLeniently(rest));
        removers.removeIf(thread -> !thread.isAlive());
        removers.add(remover);
        remover.start();
    }

    private static void removeLeniently(Path rest) {
        try {
            remove(rest);
        } catch (IOException e) {
            LOG.warn("cannot remove {}: the next start of the pool tries again", rest, e);
        }
    }

    /** Waits for {@link #removeLater}. @throws ErrnoException EBUSY if that takes too long */
    void awaitRemovals() throws ErrnoException {
        List<Thread> left;
        synchronized (this) {
            left = List.copyOf(removers);
        }
        long deadline = System.nanoTime() + REMOVAL_LIMIT.toNanos();
        for (Thread remover : left) {
            try {
                remover.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (remover.isAlive()) {
                throw new ErrnoException(Errno.EBUSY, "remove old trees in", path.toString());
            }
        }
    }

    /** The names in a folder that may be missing, or vanish meanwhile; in no order. */
    static List<Path> children(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                entries.forEach(found::add);
            } catch (NoSuchFileException e) {
                return List.of();
            }
        }
        return found;
    }

    /** Removes a file, a tree or a subvolume. */
    static void remove(Path path) throws IOException {
        try {
            if (!FileStat.ofLink(path).isFolder()) {
                Files.deleteIfExists(path);
            } else if (Subvolumes.is(path)) {
                removeSubvolume(path);
            } else {
                removeFolder(path);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private static void removeFolder(Path path) throws IOException {
        for (Path child : children(path)) {
            if (Subvolumes.is(child)) { // at once, not file by file
                removeSubvolume(child);
            }
        }
        TreeRemover.remove(path);
    }

    private static void removeSubvolume(Path path) throws IOException {
        try {
            Subvolumes.delete(path);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOTEMPTY) {
                throw e;
            }
            TreeRemover.remove(path); // it has subvolumes inside, made in the container
        }
    }

    /** For the deletion of an empty pool. Does nothing while a tree, a snapshot or a layer is left. */
    static void removeEmptyBookkeeping(Path pool) throws IOException {
        Path own = pool.resolve(VolumeNames.RESERVED_PREFIX);
        List<Path> parts = Stream.of("trees", "layers", "snapshots", "frozen")
                .map(own::resolve)
                .toList();
        for (Path part : parts) {
            if (!children(part).isEmpty()) {
                return;
            }
        }
        for (Path part : parts) {
            Files.deleteIfExists(part);
        }
        Files.deleteIfExists(own);
    }
}

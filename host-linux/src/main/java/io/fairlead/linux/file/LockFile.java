package io.fairlead.linux.file;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A lock that ends with its holder, however that ends. flock(2), not the JDK's locks: those are lost when anything in
 * the process closes another descriptor of the file.
 */
public final class LockFile implements AutoCloseable {
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    private final Fd fd;
    private Path passing; // null for a file that stays

    private LockFile(Fd fd) {
        this.fd = fd;
    }

    /** Takes the lock, making the file if it is missing; empty if another process holds it. */
    public static Optional<LockFile> tryLock(Path file) throws ErrnoException {
        return locked(Fd.open(file, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600));
    }

    /** As {@link #tryLock(Path)}, of a file that is deleted with its lock; each such file has a new name. */
    public static Optional<LockFile> tryLockPassing(Path file) throws ErrnoException {
        while (true) {
            Optional<LockFile> lock = tryLock(file);
            if (lock.isEmpty() || lock.get().isAt(file)) {
                lock.ifPresent(held -> held.passing = file);
                return lock;
            }
            lock.get().close(); // its last holder deleted it in between
        }
    }

    private boolean isAt(Path file) throws ErrnoException {
        try {
            FileStat there = FileStat.of(file);
            FileStat held = FileStat.of(fd);
            return there.inode() == held.inode() && there.fileSystem().equals(held.fileSystem());
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    private static Optional<LockFile> locked(Fd fd) throws ErrnoException {
        try {
            if (tryLock(fd)) {
                return Optional.of(new LockFile(fd));
            }
        } catch (ErrnoException e) {
            fd.close();
            throw e;
        }
        fd.close();
        return Optional.empty();
    }

    /** Takes the lock of an open file for as long as its descriptor is open; false if another process holds it. */
    public static boolean tryLock(Fd fd) throws ErrnoException {
        return tryLock(fd, LOCK_EX);
    }

    private static boolean tryLock(Fd fd, int kind) throws ErrnoException {
        if (Libc.flock(fd.number(), kind | LOCK_NB) == 0) {
            return true;
        }
        int errno = Errno.last();
        if (errno == Errno.EAGAIN) {
            return false;
        }
        throw new ErrnoException(errno, "flock", fd.name());
    }

    /**
     * Whether a process holds the lock of a file or folder at this moment. False for a file that cannot be locked.
     *
     * @throws ErrnoException ENOENT, ELOOP for a link
     */
    public static boolean isLocked(Path path) throws ErrnoException {
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY;
        try (Fd fd = Fd.open(path, flags)) {
            try {
                return !tryLock(fd, LOCK_SH);
            } catch (ErrnoException e) {
                return false;
            }
        }
    }

    /**
     * Lets go. The file stays, unless all its users look again after locking: deleting it would let two others lock two
     * different files of its name.
     */
    @Override
    public void close() {
        if (passing != null) {
            passing.toFile().delete(); // one that stays is harmless
            passing = null;
        }
        fd.close();
    }
}

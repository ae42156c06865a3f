package io.fairlead.linux.file;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A lock that ends with its holder, however that ends. flock(2), not the JDK's locks: those are lost when anything in the
 * process closes another descriptor of the file.
 */
public final class LockFile implements AutoCloseable {
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    private final Fd fd;

    private LockFile(Fd fd) {
        this.fd = fd;
    }

    /** Takes the lock, making the file if it is missing; empty if somebody else has it. */
    public static Optional<LockFile> tryLock(Path file) throws ErrnoException {
        Fd fd = Fd.open(file, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
        if (Libc.flock(fd.number(), LOCK_EX | LOCK_NB) == 0) {
            return Optional.of(new LockFile(fd));
        }
        int errno = Errno.last();
        fd.close();
        if (errno == Errno.EAGAIN) {
            return Optional.empty();
        }
        throw new ErrnoException(errno, "flock", file.toString());
    }

    /** Lets go. The file stays: deleting it would let two others lock two different files of the same name. */
    @Override
    public void close() {
        fd.close();
    }
}

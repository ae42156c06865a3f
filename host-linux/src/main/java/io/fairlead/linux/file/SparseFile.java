package io.fairlead.linux.file;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;

/** Holes, space and shared blocks of an open regular file. */
public final class SparseFile {
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int FALLOC_KEEP_SIZE = 1;
    private static final int FALLOC_PUNCH_HOLE = 2;
    private static final long FICLONE = 0x40049409L; // _IOW(0x94, 9, int)

    private SparseFile() {}

    /** The first byte at or behind a position that is not in a hole, or -1 when only a hole follows. */
    public static long nextData(Fd file, long at) throws ErrnoException {
        long found = Libc.lseek(file.number(), at, SEEK_DATA);
        if (found < 0 && Errno.last() == Errno.ENXIO) {
            return -1;
        }
        return Errno.check(found, "lseek", file.name());
    }

    /** The first byte at or behind a position that is in a hole; the end counts as one. */
    public static long nextHole(Fd file, long at) throws ErrnoException {
        return Errno.check(Libc.lseek(file.number(), at, SEEK_HOLE), "lseek", file.name());
    }

    /** Sets the length; added bytes are a hole. */
    public static void setLength(Fd file, long bytes) throws ErrnoException {
        Errno.check(Libc.ftruncate(file.number(), bytes), "ftruncate", file.name());
    }

    /** Reserves blocks for the first bytes, without writing them. @throws ErrnoException EOPNOTSUPP, ENOSPC */
    public static void allocate(Fd file, long bytes) throws ErrnoException {
        Errno.check(Libc.fallocate(file.number(), FALLOC_KEEP_SIZE, 0, bytes), "fallocate", file.name());
    }

    /** Makes a range a hole. @throws ErrnoException EOPNOTSUPP */
    public static void punch(Fd file, long at, long bytes) throws ErrnoException {
        int mode = FALLOC_PUNCH_HOLE | FALLOC_KEEP_SIZE;
        Errno.check(Libc.fallocate(file.number(), mode, at, bytes), "fallocate", file.name());
    }

    /**
     * Lets {@code to} share all blocks of {@code from}, copied when either is written (ioctl_ficlonerange(2)). False
     * where the file systems cannot; {@code to} is as it was then.
     */
    public static boolean share(Fd from, Fd to) throws ErrnoException {
        if (Libc.ioctl(to.number(), FICLONE, (long) from.number()) == 0) {
            return true;
        }
        int errno = Errno.last();
        if (errno == Errno.EOPNOTSUPP || errno == Errno.EXDEV || errno == Errno.EINVAL || errno == Errno.ENOTTY) {
            return false;
        }
        throw new ErrnoException(errno, "ioctl FICLONE", to.name());
    }
}

package io.fairlead.linux.mount;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;

/**
 * Keeps a whole file system from changing, after everything has been written to its device. Writers wait. The file
 * system stays frozen when the freezing process dies: only a thaw ends it. A descriptor may be that of any file or
 * folder on it.
 */
public final class FileSystemFreeze {
    private static final long FIFREEZE = 0xC0045877L; // _IOWR('X', 119, int), linux/fs.h
    private static final long FITHAW = 0xC0045878L; // _IOWR('X', 120, int)

    private FileSystemFreeze() {}

    /** @throws ErrnoException EBUSY if it is frozen, EOPNOTSUPP if that kind cannot be */
    public static void freeze(Fd on) throws ErrnoException {
        Errno.check(Libc.ioctl(on.number(), FIFREEZE, 0), "ioctl FIFREEZE", on.name());
    }

    /** False if it was not frozen. */
    public static boolean thaw(Fd on) throws ErrnoException {
        if (Libc.ioctl(on.number(), FITHAW, 0) >= 0) {
            return true;
        }
        if (Errno.last() == Errno.EINVAL) {
            return false;
        }
        throw new ErrnoException(Errno.last(), "ioctl FITHAW", on.name());
    }
}

package io.fairlead.linux.sys;

import com.sun.jna.Native;

/** The error numbers of x86-64 and arm64 Linux (asm-generic/errno.h) that callers tell apart, and names for the rest. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int ENXIO = 6;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENOTTY = 25;
    public static final int ENOSPC = 28;
    public static final int EMLINK = 31;
    public static final int ERANGE = 34;
    public static final int ENOSYS = 38;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOTEMPTY = 39;
    public static final int ELOOP = 40;
    public static final int EOPNOTSUPP = 95;
    public static final int ENODATA = 61;
    public static final int ETIMEDOUT = 110;
    public static final int EDQUOT = 122;

    private static final String[] NAMES =
            (" EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM"
                            + " EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY"
                            + " EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY"
                            + " ELOOP")
                    .split(" ");

    private Errno() {}

    /** The reason of this thread's last failed call to {@link Libc}. */
    public static int last() {
        return Native.getLastError();
    }

    public static String name(int errno) {
        if (errno > 0 && errno < NAMES.length) {
            return NAMES[errno];
        }
        return switch (errno) {
            case ENODATA -> "ENODATA";
            case 71 -> "EPROTO";
            case 75 -> "EOVERFLOW";
            case 88 -> "ENOTSOCK";
            case 90 -> "EMSGSIZE";
            case EOPNOTSUPP -> "EOPNOTSUPP";
            case 98 -> "EADDRINUSE";
            case 103 -> "ECONNABORTED";
            case 104 -> "ECONNRESET";
            case 106 -> "EISCONN";
            case 107 -> "ENOTCONN";
            case ETIMEDOUT -> "ETIMEDOUT";
            case 111 -> "ECONNREFUSED";
            case EDQUOT -> "EDQUOT";
            default -> "errno " + errno;
        };
    }

    /** Passes a result through, or throws if it is negative. */
    public static int check(int result, String call, Object subject) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(last(), call, String.valueOf(subject));
        }
        return result;
    }

    public static long check(long result, String call, Object subject) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(last(), call, String.valueOf(subject));
        }
        return result;
    }
}

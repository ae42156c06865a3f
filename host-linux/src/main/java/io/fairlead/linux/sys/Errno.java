package io.fairlead.linux.sys;

import static java.util.Map.entry;

import com.sun.jna.Native;
import java.util.Map;

/**
 * The error numbers of x86-64 and arm64 Linux (asm-generic/errno.h) that callers tell apart, and names for the rest.
 */
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
    public static final int EFBIG = 27;
    public static final int ENOSPC = 28;
    public static final int EROFS = 30;
    public static final int EMLINK = 31;
    public static final int ERANGE = 34;
    public static final int ENOSYS = 38;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOTEMPTY = 39;
    public static final int ELOOP = 40;
    public static final int EREMOTE = 66;
    public static final int ENODATA = 61;
    public static final int EOPNOTSUPP = 95;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENETUNREACH = 101;
    public static final int ENOBUFS = 105;
    public static final int ETIMEDOUT = 110;
    public static final int EDQUOT = 122;

    private static final String[] NAMES =
            (" EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM"
                            + " EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY"
                            + " EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY"
                            + " ELOOP")
                    .split(" ");

    /** Those of failures that users bring about. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            entry("EPERM", "Operation not permitted"),
            entry("ENOENT", "No such file or directory"),
            entry("EIO", "Input/output error"),
            entry("ENXIO", "No such device or address"),
            entry("EAGAIN", "Resource temporarily unavailable"),
            entry("ENOMEM", "Cannot allocate memory"),
            entry("EACCES", "Permission denied"),
            entry("ENOTBLK", "Block device required"),
            entry("EBUSY", "Device or resource busy"),
            entry("EEXIST", "File exists"),
            entry("EXDEV", "Invalid cross-device link"),
            entry("ENODEV", "No such device"),
            entry("ENOTDIR", "Not a directory"),
            entry("EISDIR", "Is a directory"),
            entry("EINVAL", "Invalid argument"),
            entry("ENFILE", "Too many open files in system"),
            entry("EMFILE", "Too many open files"),
            entry("ENOTTY", "Inappropriate ioctl for device"),
            entry("ETXTBSY", "Text file busy"),
            entry("EFBIG", "File too large"),
            entry("ENOSPC", "No space left on device"),
            entry("EROFS", "Read-only file system"),
            entry("EMLINK", "Too many links"),
            entry("ENAMETOOLONG", "File name too long"),
            entry("ENOLCK", "No locks available"),
            entry("ENOSYS", "Function not implemented"),
            entry("ENOTEMPTY", "Directory not empty"),
            entry("ELOOP", "Too many levels of symbolic links"),
            entry("EOVERFLOW", "Value too large for defined data type"),
            entry("EOPNOTSUPP", "Operation not supported"),
            entry("EADDRNOTAVAIL", "Cannot assign requested address"),
            entry("ENETDOWN", "Network is down"),
            entry("ENETUNREACH", "Network is unreachable"),
            entry("ENOBUFS", "No buffer space available"),
            entry("ETIMEDOUT", "Connection timed out"),
            entry("EHOSTDOWN", "Host is down"),
            entry("EHOSTUNREACH", "No route to host"),
            entry("ECONNREFUSED", "Connection refused"),
            entry("ESTALE", "Stale file handle"),
            entry("EUCLEAN", "Structure needs cleaning"),
            entry("EDQUOT", "Disk quota exceeded"));

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
            case EREMOTE -> "EREMOTE";
            case 71 -> "EPROTO";
            case 75 -> "EOVERFLOW";
            case 88 -> "ENOTSOCK";
            case 90 -> "EMSGSIZE";
            case EOPNOTSUPP -> "EOPNOTSUPP";
            case 98 -> "EADDRINUSE";
            case EADDRNOTAVAIL -> "EADDRNOTAVAIL";
            case ENETDOWN -> "ENETDOWN";
            case ENETUNREACH -> "ENETUNREACH";
            case 103 -> "ECONNABORTED";
            case 104 -> "ECONNRESET";
            case ENOBUFS -> "ENOBUFS";
            case 106 -> "EISCONN";
            case 107 -> "ENOTCONN";
            case ETIMEDOUT -> "ETIMEDOUT";
            case 111 -> "ECONNREFUSED";
            case 112 -> "EHOSTDOWN";
            case 113 -> "EHOSTUNREACH";
            case 116 -> "ESTALE";
            case 117 -> "EUCLEAN";
            case EDQUOT -> "EDQUOT";
            default -> "errno " + errno;
        };
    }

    /** As the C library words it in English, such as {@code No such file or directory}. */
    public static String words(int errno) {
        return WORDS.getOrDefault(name(errno), name(errno));
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

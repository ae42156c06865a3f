package io.fairlead.linux.file;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** openat2(2), kernel 5.6: opens a path, with limits on how it is resolved (linux/openat2.h). */
final class OpenAt2 {
    static final long RESOLVE_NO_XDEV = 0x01;
    static final long RESOLVE_NO_MAGICLINKS = 0x02;
    static final long RESOLVE_NO_SYMLINKS = 0x04;
    static final long RESOLVE_BENEATH = 0x08;
    static final long RESOLVE_IN_ROOT = 0x10;

    private static final int SYS_OPENAT2 = 437;
    private static final int OPEN_HOW_BYTES = 24;
    /** The kernel answers EAGAIN when something was renamed while it walked, and asks us to try again. */
    private static final int ATTEMPTS = 64;

    private OpenAt2() {}

    /** @param path with a NUL at its end */
    static Fd open(Fd folder, byte[] path, int flags, int mode, long resolve) throws ErrnoException {
        ByteBuffer how = ByteBuffer.allocate(OPEN_HOW_BYTES).order(ByteOrder.nativeOrder());
        how.putLong(0, Integer.toUnsignedLong(flags | OpenFlags.O_CLOEXEC))
                .putLong(8, mode)
                .putLong(16, resolve);
        String name = folder.name() + "/" + CString.read(path, 0, path.length);
        int errno = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long fd = Libc.syscall(SYS_OPENAT2, folder.number(), path, how.array(), OPEN_HOW_BYTES, 0);
            if (fd >= 0) {
                return new Fd((int) fd, name);
            }
            errno = Errno.last();
            if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
                break;
            }
        }
        throw new ErrnoException(errno, "openat2", name);
    }
}

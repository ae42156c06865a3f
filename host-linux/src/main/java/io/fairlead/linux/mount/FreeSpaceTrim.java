package io.fairlead.linux.mount;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Tells the device below a mounted file system which of its blocks are free (FITRIM, ioctl_fitrim(2)). */
public final class FreeSpaceTrim {
    private static final long FITRIM = 0xC0185879L; // _IOWR('X', 121, struct fstrim_range) in linux/fs.h
    private static final int RANGE_BYTES = 24; // start, length, smallest extent; 64 bits each
    private static final int LENGTH_AT = 8;

    private FreeSpaceTrim() {}

    /**
     * Trims the part of a file system that begins in a range; returns once the device has been told.
     *
     * @return how many bytes the device was told are free; the kernel leaves out bytes already told since the mount
     * @throws ErrnoException EINVAL if the range begins behind the end, EOPNOTSUPP if the device has no use for it
     */
    public static long trim(Path mounted, long startBytes, long lengthBytes) throws ErrnoException {
        ByteBuffer range = ByteBuffer.allocate(RANGE_BYTES).order(ByteOrder.nativeOrder());
        range.putLong(0, startBytes).putLong(LENGTH_AT, lengthBytes);
        try (Fd root = Fd.open(mounted, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY)) {
            Errno.check(Libc.ioctl(root.number(), FITRIM, range.array()), "ioctl FITRIM", mounted);
        }
        return range.getLong(LENGTH_AT);
    }
}

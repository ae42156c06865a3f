package io.fairlead.linux.device;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.file.Path;

/** The kernel's cache of a block device's content. */
public final class BlockCache {
    private static final long BLKFLSBUF = 0x1261;

    private BlockCache() {}

    /**
     * Makes the next read come from the device. A mapped device on top writes past the cache. So after it is gone, the
     * cache would still answer with the bytes from before. Does nothing to a plain file.
     */
    public static void drop(Path device) throws ErrnoException {
        try (Fd fd = Fd.open(device, OpenFlags.O_RDONLY)) {
            if (Libc.ioctl(fd.number(), BLKFLSBUF, 0) < 0 && Errno.last() != Errno.ENOTTY) {
                throw new ErrnoException(Errno.last(), "ioctl BLKFLSBUF", device.toString());
            }
        }
    }
}

package io.fairlead.linux.device;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.file.Path;

/** What the kernel remembers of a block device's content. */
public final class BlockCache {
    private static final long BLKFLSBUF = 0x1261;

    private BlockCache() {}

    /**
     * Makes the next read come from the device. A mapped device on top writes past the cache, so what was read before it
     * was made would be read again, unchanged, after it is gone. Does nothing to a plain file.
     */
    public static void drop(Path device) throws ErrnoException {
        try (Fd fd = Fd.open(device, OpenFlags.O_RDONLY)) {
            if (Libc.ioctl(fd.number(), BLKFLSBUF, 0) < 0 && Errno.last() != Errno.ENOTTY) {
                throw new ErrnoException(Errno.last(), "ioctl BLKFLSBUF", device.toString());
            }
        }
    }
}

package io.fairlead.linux.device;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tells a block device which of its content is no longer needed. */
public final class BlockDiscard {
    private static final long BLKDISCARD = 0x1277; // linux/fs.h

    private BlockDiscard() {}

    /**
     * Later reads there depend on the device. On a thin device, blocks that lie wholly within the range read as zeros;
     * the others stay as they are.
     *
     * @param device open for writing
     * @param at a multiple of 512, like {@code bytes}
     * @throws ErrnoException EOPNOTSUPP
     */
    public static void discard(Fd device, long at, long bytes) throws ErrnoException {
        byte[] range = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(at)
                .putLong(bytes)
                .array();
        Errno.check(Libc.ioctl(device.number(), BLKDISCARD, range), "ioctl BLKDISCARD", device.name());
    }
}

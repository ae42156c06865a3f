package io.fairlead.linux.file;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;

/**
 * Has the kernel write a file's bytes to the disk while more are on their way, so that the wait at their end is short.
 * One writer goes on from where it is; nothing is promised before a sync. For one thread.
 */
public final class WriteBack {
    /** Far more than the disk takes at once, far less than the amount at which the kernel holds a writer up. */
    private static final long STEP_BYTES = 8 << 20;

    private static final int SYNC_FILE_RANGE_WRITE = 2; // linux/fs.h

    private final Fd file;
    private long from;
    private long to;

    public WriteBack(Fd file) {
        this.file = file;
    }

    /** Call this after each write. */
    public void written(long at, long bytes) throws ErrnoException {
        if (at != to) {
            from = at;
        }
        to = at + bytes;
        if (to - from >= STEP_BYTES) {
            int result = Libc.sync_file_range(file.number(), from, to - from, SYNC_FILE_RANGE_WRITE);
            Errno.check(result, "sync_file_range", file.name());
            from = to;
        }
    }
}

package io.fairlead.linux.mount;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Libc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * How full a mounted file system is (statfs(2)).
 *
 * @param magic the file system's number, as in linux/magic.h
 * @param freeBytes for root
 * @param availableBytes for everybody else
 */
public record FileSystemSize(
        long magic, long totalBytes, long freeBytes, long availableBytes, long totalInodes, long freeInodes) {
    public static final long CGROUP2_MAGIC = 0x63677270L;
    public static final long BTRFS_MAGIC = 0x9123683EL;
    public static final long OVERLAY_MAGIC = 0x794c7630L;
    public static final long TMPFS_MAGIC = 0x01021994L;

    public static FileSystemSize of(Path path) throws ErrnoException {
        ByteBuffer s = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
        Errno.check(Libc.statfs(CString.of(path), s.array()), "statfs", path);
        // struct statfs, 64 bit: type, bsize, blocks, bfree, bavail, files, ffree, fsid, namelen, frsize
        long unit = s.getLong(72) > 0 ? s.getLong(72) : s.getLong(8);
        return new FileSystemSize(
                s.getLong(0),
                s.getLong(16) * unit,
                s.getLong(24) * unit,
                s.getLong(32) * unit,
                s.getLong(40),
                s.getLong(48));
    }
}

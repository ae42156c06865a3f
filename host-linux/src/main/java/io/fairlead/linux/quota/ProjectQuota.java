package io.fairlead.linux.quota;

import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The space that the files of one project take, and may take.
 *
 * @param usedBytes of the disk
 * @param limitBytes a multiple of 1024; 0 for none
 */
public record ProjectQuota(long usedBytes, long limitBytes) {
    private static final int SYS_QUOTACTL_FD = 443; // kernel 5.14
    private static final int PROJECT_QUOTA = 2;
    private static final long GET = command(0x800007);
    private static final long SET = command(0x800008);
    // struct if_dqblk: hard limit 8, soft limit 8, used bytes 8, ..., valid 4
    private static final int BLOCK_BYTES = 72;
    private static final int SOFT_AT = 8;
    private static final int USED_AT = 16;
    private static final int VALID_AT = 64;
    private static final int BLOCK_LIMITS = 1;
    private static final int UNIT = 1024;

    private static long command(int number) {
        return ((long) number << 8 | PROJECT_QUOTA) & 0xffffffffL;
    }

    /** Whether the file system that a path lies on keeps projects to their limits. */
    public static boolean isEnforcedAt(Path path) throws IOException {
        boolean mounted = MountTable.own()
                .holding(path)
                .filter(entry -> entry.superOptions().contains("prjquota"))
                .isPresent();
        if (!mounted) {
            return false;
        }
        try {
            of(path, 1);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOSYS || e.errno() == Errno.ESRCH || e.errno() == Errno.EOPNOTSUPP) {
                return false;
            }
            throw e;
        }
    }

    /** @param path any folder of the file system */
    public static ProjectQuota of(Path path, int project) throws ErrnoException {
        ByteBuffer block = block();
        try (Fd fd = open(path)) {
            if (Libc.syscall(SYS_QUOTACTL_FD, fd.number(), GET, project, block.array(), 0) < 0) {
                if (Errno.last() == Errno.ENOENT) {
                    return new ProjectQuota(0, 0); // xfs knows no such project yet
                }
                throw new ErrnoException(Errno.last(), "read quota of project " + project + " at", path.toString());
            }
        }
        return new ProjectQuota(block.getLong(USED_AT), block.getLong(0) * UNIT);
    }

    /** @param bytes rounded up to 1024; 0 for no limit */
    public static void limit(Path path, int project, long bytes) throws ErrnoException {
        ByteBuffer block = block();
        long units = (bytes + UNIT - 1) / UNIT;
        block.putLong(0, units).putLong(SOFT_AT, 0).putInt(VALID_AT, BLOCK_LIMITS);
        try (Fd fd = open(path)) {
            long result = Libc.syscall(SYS_QUOTACTL_FD, fd.number(), SET, project, block.array(), 0);
            Errno.check(result, "limit project " + project + " at", path);
        }
    }

    private static Fd open(Path path) throws ErrnoException {
        return Fd.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
    }

    private static ByteBuffer block() {
        return ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.nativeOrder());
    }
}

package io.fairlead.linux.btrfs;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much a subvolume refers to, and how much it may.
 *
 * @param usedBytes all its data, whether shared with others or not
 * @param limitBytes 0 for none
 */
public record SubvolumeQuota(long usedBytes, long limitBytes) {
    private static final long QUOTA_CTL = 0xc0109428L; // _IOWR(0x94, 40, 16 bytes)
    private static final long QGROUP_LIMIT = 0x8030942bL; // _IOR(0x94, 43, 48 bytes)
    private static final long TREE_SEARCH = 0xd0009411L; // _IOWR(0x94, 17, 4096 bytes)
    private static final long INO_LOOKUP = 0xd0009412L; // _IOWR(0x94, 18, 4096 bytes)
    private static final int QUOTA_ENABLE = 1;
    private static final long QUOTA_TREE = 8;
    private static final int INFO_ITEM = 242;
    private static final int LIMIT_ITEM = 244;
    private static final long LIMIT_MAX_REFERRED = 1;
    private static final int KEY_BYTES = 104; // struct btrfs_ioctl_search_key
    private static final int HEAD_BYTES = 32; // struct btrfs_ioctl_search_header
    private static final int PAGE = 4096;

    /** Turns accounting on for the whole file system; harmless when it is. */
    public static void enable(Path folder) throws ErrnoException {
        try (Fd fd = open(folder)) {
            ByteBuffer argument = buffer(16).putLong(0, QUOTA_ENABLE);
            Errno.check(Libc.ioctl(fd.number(), QUOTA_CTL, argument.array()), "enable quota on", folder);
        }
    }

    /** Limits the bytes that a subvolume refers to. @param bytes 0 for no limit */
    public static void limit(Path subvolume, long bytes) throws ErrnoException {
        try (Fd fd = open(subvolume)) {
            // A limit of all ones clears it (CLEAR_VALUE in the kernel's qgroup.c).
            ByteBuffer argument = buffer(48).putLong(8, LIMIT_MAX_REFERRED).putLong(16, bytes == 0 ? -1 : bytes);
            Errno.check(Libc.ioctl(fd.number(), QGROUP_LIMIT, argument.array()), "limit subvolume", subvolume);
        }
    }

    /** Empty while accounting is off. */
    public static Optional<SubvolumeQuota> of(Path subvolume) throws ErrnoException {
        try (Fd fd = open(subvolume)) {
            ByteBuffer lookup = buffer(PAGE).putLong(8, Subvolumes.TOP_INODE);
            Errno.check(Libc.ioctl(fd.number(), INO_LOOKUP, lookup.array()), "look up subvolume", subvolume);
            return search(fd, lookup.getLong(0));
        }
    }

    private static Optional<SubvolumeQuota> search(Fd fd, long id) throws ErrnoException {
        ByteBuffer search = buffer(PAGE);
        search.putLong(QUOTA_TREE)
                .putLong(0)
                .putLong(0)
                .putLong(id)
                .putLong(id)
                .putLong(0)
                .putLong(-1);
        search.putInt(INFO_ITEM).putInt(LIMIT_ITEM).putInt(16);
        if (Libc.ioctl(fd.number(), TREE_SEARCH, search.array()) < 0) {
            if (Errno.last() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw new ErrnoException(Errno.last(), "read quota of", fd.name());
        }
        long used = -1;
        long limit = 0;
        int at = KEY_BYTES;
        for (int left = search.getInt(64); left > 0; left--) {
            int type = search.getInt(at + 24);
            boolean ours = search.getLong(at + 16) == id;
            int item = at + HEAD_BYTES;
            if (ours && type == INFO_ITEM) {
                used = littleEndian(search, item + 8);
            } else if (ours && type == LIMIT_ITEM && (littleEndian(search, item) & LIMIT_MAX_REFERRED) != 0) {
                limit = littleEndian(search, item + 8);
            }
            at = item + search.getInt(at + 28);
        }
        return used < 0 ? Optional.empty() : Optional.of(new SubvolumeQuota(used, limit));
    }

    /** Bytes on the disk are little-endian on every machine. */
    private static long littleEndian(ByteBuffer buffer, int at) {
        return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    }

    private static Fd open(Path folder) throws ErrnoException {
        return Fd.open(folder, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }
}

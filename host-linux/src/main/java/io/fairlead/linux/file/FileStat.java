package io.fairlead.linux.file;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The facts that statx(2) gives of a file.
 *
 * @param mode type and permissions
 * @param allocatedBytes of the disk; less than the size of a file with holes
 * @param links the number of its names
 * @param changed when its inode was changed last
 * @param born when it was made; empty on file systems that do not keep it
 * @param deviceMajor of a device node; else 0
 * @param deviceMinor of a device node; else 0
 * @param fileSystem that it lies on, {@code major:minor}
 */
public record FileStat(
        int mode,
        int user,
        int group,
        long inode,
        long sizeBytes,
        long allocatedBytes,
        int links,
        Instant accessed,
        Instant modified,
        Instant changed,
        Optional<Instant> born,
        int deviceMajor,
        int deviceMinor,
        String fileSystem) {
    public static final int S_IFMT = 0170000;
    public static final int S_IFREG = 0100000;
    public static final int S_IFDIR = 0040000;
    public static final int S_IFBLK = 0060000;
    public static final int S_IFCHR = 0020000;
    public static final int S_IFIFO = 0010000;
    public static final int S_IFLNK = 0120000;

    private static final int AT_STATX_DONT_SYNC = 0x4000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_BTIME = 0x800;
    private static final int STATX_BYTES = 256;
    private static final int BLOCK_BYTES = 512; // the unit of stx_blocks on every file system

    /** Of a link's target. */
    public static FileStat of(Path path) throws ErrnoException {
        return of(OpenFlags.AT_FDCWD, CString.of(path), 0, path.toString());
    }

    /** Of a link itself. */
    public static FileStat ofLink(Path path) throws ErrnoException {
        return of(OpenFlags.AT_FDCWD, CString.of(path), OpenFlags.AT_SYMLINK_NOFOLLOW, path.toString());
    }

    /**
     * Of a link's target, as this machine knows it: the server of a network file system is not asked, so that this
     * never waits.
     */
    public static FileStat ofCached(Path path) throws ErrnoException {
        return of(OpenFlags.AT_FDCWD, CString.of(path), AT_STATX_DONT_SYNC, path.toString());
    }

    public static FileStat of(Fd fd) throws ErrnoException {
        return of(fd.number(), CString.of(""), OpenFlags.AT_EMPTY_PATH, fd.name());
    }

    /** Of the file of that name in a folder; of a link itself. @param name with a NUL at its end */
    static FileStat ofLink(Fd folder, byte[] name) throws ErrnoException {
        return of(folder.number(), name, OpenFlags.AT_SYMLINK_NOFOLLOW, folder.name());
    }

    private static FileStat of(int folder, byte[] path, int flags, String subject) throws ErrnoException {
        ByteBuffer s = ByteBuffer.allocate(STATX_BYTES).order(ByteOrder.nativeOrder());
        Errno.check(Libc.statx(folder, path, flags, STATX_BASIC_STATS | STATX_BTIME, s.array()), "statx", subject);
        // struct statx, the same everywhere: mask at 0, nlink 16, uid 20, gid 24, mode 28, inode 32, size 40,
        // blocks 48, atime 64, btime 80, ctime 96, mtime 112, rdev 128 and 132, dev 136 and 140
        return new FileStat(
                s.getShort(28) & 0xffff,
                s.getInt(20),
                s.getInt(24),
                s.getLong(32),
                s.getLong(40),
                s.getLong(48) * BLOCK_BYTES,
                s.getInt(16),
                time(s, 64),
                time(s, 112),
                time(s, 96),
                (s.getInt(0) & STATX_BTIME) != 0 ? Optional.of(time(s, 80)) : Optional.empty(),
                s.getInt(128),
                s.getInt(132),
                s.getInt(136) + ":" + s.getInt(140));
    }

    private static Instant time(ByteBuffer s, int at) {
        return Instant.ofEpochSecond(s.getLong(at), s.getInt(at + Long.BYTES));
    }

    /** Whether both are one file, even under different names. */
    public boolean isSameFile(FileStat other) {
        return inode == other.inode && fileSystem.equals(other.fileSystem);
    }

    public boolean isRegular() {
        return (mode & S_IFMT) == S_IFREG;
    }

    public boolean isFolder() {
        return (mode & S_IFMT) == S_IFDIR;
    }

    public boolean isLink() {
        return (mode & S_IFMT) == S_IFLNK;
    }

    public boolean isFifo() {
        return (mode & S_IFMT) == S_IFIFO;
    }

    public boolean isBlockDevice() {
        return (mode & S_IFMT) == S_IFBLK;
    }

    public boolean isCharacterDevice() {
        return (mode & S_IFMT) == S_IFCHR;
    }
}

package io.fairlead.linux.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.DirectoryReader;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies a tree that others may be changing. It follows no symbolic link, even one planted during the copy. A copy has
 * the original's owners, modes, times, extended attributes, links, nodes (so the whiteouts of an overlay) and holes,
 * and shares its blocks where the file system can. Files that vanish meanwhile are left out.
 */
public final class TreeCopier {
    /** Each folder holds two descriptors open while its content is copied. */
    private static final int DEPTH_LIMIT = 512;

    private static final long PIECE_BYTES = 64 << 20;
    private static final int PATH_MAX = 4096;

    private final Fd top;
    private final long deadline;
    /** Where files with several names were copied to first, by inode; paths are relative to the copy. */
    private final Map<Long, byte[]> linked = new HashMap<>();

    private TreeCopier(Fd top, Duration limit) {
        this.top = top;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /**
     * Copies a folder and all in it. Files made before a failure stay, for the caller to remove.
     *
     * @param to must not exist; on the same file system; no other process may change it
     * @throws ErrnoException ETIMEDOUT when it takes longer than the limit, ELOOP if it is more than
     *     {@value #DEPTH_LIMIT} folders deep, ENOSPC and others
     */
    public static void copy(Path from, Path to, Duration limit) throws ErrnoException {
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
        try (Fd source = Fd.open(from, flags)) {
            Errno.check(Libc.mkdir(CString.of(to), 0700), "mkdir", to);
            try (Fd target = Fd.open(to, flags)) {
                new TreeCopier(target, limit).copyContent(source, target, new byte[0], 1);
                Attributes.copy(source, FileStat.of(source), target, CString.of("."));
            }
        }
    }

    /** @param path of the folder in the copy, with a slash at its end; bytes, since a name may be no text */
    private void copyContent(Fd from, Fd to, byte[] path, int depth) throws ErrnoException {
        if (depth > DEPTH_LIMIT) {
            throw new ErrnoException(Errno.ELOOP, "copy", from.name());
        }
        for (DirectoryReader.Entry entry : DirectoryReader.read(from)) {
            if (System.nanoTime() > deadline) {
                throw new ErrnoException(Errno.ETIMEDOUT, "copy", from.name());
            }
            try (Fd source = look(from, entry)) {
                if (source != null) {
                    copyEntry(source, to, entry.name(), joined(path, entry.name()), depth);
                }
            }
        }
    }

    /** A descriptor of the entry itself, without following a link; only good for looking at it. Null if it is gone. */
    private static Fd look(Fd folder, DirectoryReader.Entry entry) throws ErrnoException {
        String name = folder.name() + "/" + entry.text();
        int flags = OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW | OpenFlags.O_CLOEXEC;
        int fd = Libc.openat(folder.number(), entry.name(), flags, 0);
        return fd < 0 && Errno.last() == Errno.ENOENT ? null : new Fd(Errno.check(fd, "openat", name), name);
    }

    private void copyEntry(Fd source, Fd to, byte[] name, byte[] path, int depth) throws ErrnoException {
        FileStat stat = FileStat.of(source);
        if (stat.isFolder()) {
            copyFolder(source, to, name, path, depth);
        } else if (stat.isRegular()) {
            if (stat.links() > 1 && isLinked(stat, to, name)) {
                return;
            }
            copyFile(source, stat, to, name);
            if (stat.links() > 1) {
                linked.put(stat.inode(), path);
            }
        } else if (stat.isLink()) {
            Errno.check(Libc.symlinkat(target(source), to.number(), name), "symlinkat", source.name());
        } else {
            long device = device(stat);
            Errno.check(Libc.mknodat(to.number(), name, stat.mode(), device), "mknodat", source.name());
        }
        Attributes.copy(source, stat, to, name);
    }

    private void copyFolder(Fd source, Fd to, byte[] name, byte[] path, int depth) throws ErrnoException {
        Errno.check(Libc.mkdirat(to.number(), name, 0700), "mkdirat", source.name());
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY;
        try (Fd from = reopen(source, flags);
                Fd into = OpenAt2.open(to, name, flags, 0, OpenAt2.RESOLVE_BENEATH | OpenAt2.RESOLVE_NO_SYMLINKS)) {
            byte[] inside = path.clone();
            inside[path.length - 1] = '/'; // where the NUL was
            copyContent(from, into, inside, depth + 1);
        }
    }

    /** The very file that was looked at. */
    private static Fd reopen(Fd looked, int flags) throws ErrnoException {
        byte[] path = CString.of("/proc/self/fd/" + looked.number());
        int fd = Libc.open(path, flags | OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK, 0);
        return new Fd(Errno.check(fd, "open", looked.name()), looked.name());
    }

    /** Gives an already copied file another name. False if it was not copied, or takes no more names. */
    private boolean isLinked(FileStat stat, Fd to, byte[] name) throws ErrnoException {
        byte[] first = linked.get(stat.inode());
        if (first == null) {
            return false;
        }
        if (Libc.linkat(top.number(), first, to.number(), name, 0) == 0) {
            return true;
        }
        int errno = Errno.last();
        if (errno == Errno.ENAMETOOLONG || errno == Errno.EMLINK) {
            return false;
        }
        throw new ErrnoException(errno, "linkat", CString.read(first, 0, first.length));
    }

    private void copyFile(Fd source, FileStat stat, Fd to, byte[] name) throws ErrnoException {
        int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
        try (Fd from = reopen(source, OpenFlags.O_RDONLY);
                Fd into = OpenAt2.open(to, name, flags, 0600, OpenAt2.RESOLVE_BENEATH)) {
            if (stat.sizeBytes() == 0 || SparseFile.share(from, into)) {
                return;
            }
            SparseFile.setLength(into, stat.sizeBytes());
            long at = SparseFile.nextData(from, 0);
            while (at >= 0 && at < stat.sizeBytes()) {
                long end = Math.min(SparseFile.nextHole(from, at), stat.sizeBytes());
                copyRange(from, into, at, end);
                at = SparseFile.nextData(from, end);
            }
        }
    }

    private void copyRange(Fd from, Fd into, long start, long end) throws ErrnoException {
        long[] reads = {start};
        long[] writes = {start};
        while (writes[0] < end) {
            if (System.nanoTime() > deadline) {
                throw new ErrnoException(Errno.ETIMEDOUT, "copy", from.name());
            }
            long piece = Math.min(PIECE_BYTES, end - writes[0]);
            long count = Libc.copy_file_range(from.number(), reads, into.number(), writes, piece, 0);
            if (count < 0 && Errno.last() == Errno.EINTR) {
                continue;
            }
            if (Errno.check(count, "copy_file_range", from.name()) == 0) {
                return; // it has become shorter meanwhile
            }
        }
    }

    private static byte[] joined(byte[] start, byte[] name) {
        byte[] all = Arrays.copyOf(start, start.length + name.length);
        System.arraycopy(name, 0, all, start.length, name.length);
        return all;
    }

    private static byte[] target(Fd link) throws ErrnoException {
        byte[] target = new byte[PATH_MAX];
        long length = Libc.readlinkat(link.number(), CString.of(""), target, PATH_MAX - 1);
        return Arrays.copyOf(target, (int) Errno.check(length, "readlinkat", link.name()) + 1);
    }

    /** As mknod(2) wants it: 8 bits of minor, 12 of major, 12 more of minor (linux/kdev_t.h). */
    private static long device(FileStat stat) {
        long minor = stat.deviceMinor();
        return (minor & 0xff) | ((long) stat.deviceMajor() << 8) | ((minor & ~0xffL) << 12);
    }

    /** Owner, mode, times and extended attributes of a file. */
    private static final class Attributes {
        private static final int NAMES_MAX = 64 << 10; // XATTR_LIST_MAX
        private static final int VALUE_MAX = 64 << 10; // XATTR_SIZE_MAX
        private static final int VALUE_USUAL = 256;
        /** Room for names that another process adds just now. */
        private static final int NAMES_SPARE = 512;

        private static final int TIMESPEC_BYTES = 16;

        /** The owner first, since its change takes set-user-id and capabilities away; times last. */
        static void copy(Fd source, FileStat stat, Fd folder, byte[] name) throws ErrnoException {
            int link = OpenFlags.AT_SYMLINK_NOFOLLOW;
            int at = folder.number();
            Errno.check(Libc.fchownat(at, name, stat.user(), stat.group(), link), "fchownat", source.name());
            extended(source, folder, name);
            if (!stat.isLink()) {
                Errno.check(Libc.fchmodat(at, name, stat.mode() & 07777, 0), "fchmodat", source.name());
            }
            ByteBuffer times = ByteBuffer.allocate(2 * TIMESPEC_BYTES).order(ByteOrder.nativeOrder());
            for (Instant time : new Instant[] {stat.accessed(), stat.modified()}) {
                times.putLong(time.getEpochSecond()).putLong(time.getNano());
            }
            Errno.check(Libc.utimensat(at, name, times.array(), link), "utimensat", source.name());
        }

        private static void extended(Fd source, Fd folder, byte[] name) throws ErrnoException {
            byte[] from = CString.of("/proc/self/fd/" + source.number());
            long needed = Libc.listxattr(from, null, 0);
            if (needed == 0 || needed < 0 && Errno.last() == Errno.EOPNOTSUPP) {
                return; // most have none
            }
            byte[] names = new byte[(int) Math.min(NAMES_MAX, Math.max(needed, 0) + NAMES_SPARE)];
            long length = Errno.check(Libc.listxattr(from, names, names.length), "listxattr", source.name());
            int next = 0;
            while (next < length) {
                int end = next;
                while (names[end] != 0) {
                    end++;
                }
                extended(source, from, Arrays.copyOfRange(names, next, end + 1), folder, name);
                next = end + 1;
            }
        }

        private static void extended(Fd source, byte[] from, byte[] attribute, Fd folder, byte[] name)
                throws ErrnoException {
            byte[] value = new byte[VALUE_USUAL];
            long size = Libc.getxattr(from, attribute, value, value.length);
            if (size < 0 && Errno.last() == Errno.ERANGE) {
                value = new byte[VALUE_MAX];
                size = Libc.getxattr(from, attribute, value, value.length);
            }
            if (size < 0 && Errno.last() == Errno.ENODATA) {
                return; // another process has just taken it away
            }
            Errno.check(size, "getxattr", source.name());
            byte[] to = joined(("/proc/self/fd/" + folder.number() + "/").getBytes(US_ASCII), name);
            Errno.check(Libc.lsetxattr(to, attribute, value, size, 0), "lsetxattr", source.name());
        }
    }
}

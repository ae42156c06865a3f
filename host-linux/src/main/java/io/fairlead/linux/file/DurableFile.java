package io.fairlead.linux.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.file.Path;

/** Files that hold either the old content or the new, whole, after a crash or a power cut at any moment. */
public final class DurableFile {
    /** The ending of names of unfinished files; a file of such a name at start is the remains of a crash. */
    public static final String TEMPORARY_SUFFIX = ".tmp";

    private static final int RENAME_EXCHANGE = 2; // linux/fs.h

    private DurableFile() {}

    /**
     * Replaces or makes a file; once this returns, it is on the disk.
     *
     * @param mode permissions; the umask has no effect
     * @throws ErrnoException ENOSPC and others; the old content is untouched then, and nothing is left behind
     */
    public static void write(Path file, byte[] content, int mode) throws ErrnoException {
        String name = ".%s.%s%s".formatted(file.getFileName(), UniqueName.next(), TEMPORARY_SUFFIX);
        Path temporary = file.resolveSibling(name);
        try {
            int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
            try (Fd fd = Fd.open(temporary, flags, mode)) {
                Errno.check(Libc.fchmod(fd.number(), mode), "fchmod", temporary);
                fd.write(content);
                fd.sync();
            }
            Errno.check(Libc.rename(CString.of(temporary), CString.of(file)), "rename", temporary + " to " + file);
        } catch (ErrnoException e) {
            Libc.unlinkat(OpenFlags.AT_FDCWD, CString.of(temporary), 0);
            throw e;
        }
        syncFolder(file.toAbsolutePath().getParent());
    }

    public static void write(Path file, String content, int mode) throws ErrnoException {
        write(file, content.getBytes(UTF_8), mode);
    }

    /** Deletes a file for good; false if there was none. */
    public static boolean delete(Path file) throws ErrnoException {
        if (Libc.unlinkat(OpenFlags.AT_FDCWD, CString.of(file), 0) < 0) {
            if (Errno.last() == Errno.ENOENT) {
                return false;
            }
            throw new ErrnoException(Errno.last(), "unlink", file.toString());
        }
        syncFolder(file.toAbsolutePath().getParent());
        return true;
    }

    /** Renames within one folder, for good. @throws ErrnoException EXDEV and others */
    public static void rename(Path from, Path to) throws ErrnoException {
        Errno.check(Libc.rename(CString.of(from), CString.of(to)), "rename", from + " to " + to);
        syncFolder(to.toAbsolutePath().getParent());
    }

    /**
     * Exchanges the files behind two names, at once and durably.
     *
     * @throws ErrnoException EXDEV, EINVAL where the file system cannot, and others
     */
    public static void exchange(Path one, Path other) throws ErrnoException {
        exchangeInOrder(one, other);
        syncFolder(other.toAbsolutePath().getParent()); // which takes the other half along: it is one transaction
    }

    /**
     * As {@link #exchange}, without waiting for the disk: a power cut may undo it, but then also all later changes of
     * names on that file system.
     */
    public static void exchangeInOrder(Path one, Path other) throws ErrnoException {
        int at = OpenFlags.AT_FDCWD;
        int result = Libc.renameat2(at, CString.of(one), at, CString.of(other), RENAME_EXCHANGE);
        Errno.check(result, "exchange", one + " and " + other);
    }

    /** Waits until everything that was written to the path's file system is on the disk. */
    public static void syncFileSystem(Path path) throws ErrnoException {
        try (Fd fd = Fd.open(path, OpenFlags.O_RDONLY)) {
            Errno.check(Libc.syncfs(fd.number()), "syncfs", path);
        }
    }

    /** The same for that of an open folder. @param folder may be opened with O_PATH */
    public static void syncFileSystem(Fd folder) throws ErrnoException {
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY;
        try (Fd fd = OpenAt2.open(folder, CString.of("."), flags, 0, OpenAt2.RESOLVE_BENEATH)) {
            Errno.check(Libc.syncfs(fd.number()), "syncfs", folder.name());
        }
    }

    /** Makes renames and deletions in a folder durable. */
    public static void syncFolder(Path folder) throws ErrnoException {
        try (Fd fd = Fd.open(folder, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY)) {
            fd.sync();
        }
    }
}

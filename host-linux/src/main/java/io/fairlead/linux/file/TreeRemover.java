package io.fairlead.linux.file;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.DirectoryReader;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.file.Path;

/**
 * Deletes a tree that others may have filled, or may be changing. It follows no symbolic link, leaves mounts inside
 * alone, and needs neither stack nor descriptors for depth.
 */
public final class TreeRemover {
    /** Folders deeper than this are moved up first. */
    private static final int DEPTH_LIMIT = 64;

    private static final long BENEATH = OpenAt2.RESOLVE_NO_XDEV | OpenAt2.RESOLVE_NO_SYMLINKS | OpenAt2.RESOLVE_BENEATH;

    private final Fd top;
    private int moved;

    private TreeRemover(Fd top) {
        this.top = top;
    }

    /**
     * Deletes a folder and all in it. Does nothing if it does not exist.
     *
     * @throws ErrnoException EXDEV if something is mounted inside: that stays, with the folders above it; ENOTDIR if it
     *     is no folder
     */
    public static void remove(Path folder) throws ErrnoException {
        Fd top;
        try {
            top = Fd.open(folder, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return;
            }
            throw e;
        }
        try (top) {
            new TreeRemover(top).removeTop();
        }
        Errno.check(Libc.unlinkat(OpenFlags.AT_FDCWD, CString.of(folder), OpenFlags.AT_REMOVEDIR), "rmdir", folder);
    }

    /**
     * As {@link #remove(Path)}, by a name in a folder.
     *
     * @param name with a NUL at its end
     */
    static void remove(Fd parent, byte[] name) throws ErrnoException {
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
        try (Fd top = OpenAt2.open(parent, name, flags, 0, BENEATH)) {
            new TreeRemover(top).removeTop();
        }
        int removed = Libc.unlinkat(parent.number(), name, OpenFlags.AT_REMOVEDIR);
        Errno.check(removed, "rmdir", subject(parent, name));
    }

    private void removeTop() throws ErrnoException {
        int before;
        do {
            before = moved;
            try (Fd again = reopen()) {
                removeContent(again, 1);
            }
        } while (moved > before);
    }

    /** A fresh reading position; the tree may have been refilled with folders that were moved up. */
    private Fd reopen() throws ErrnoException {
        byte[] self = CString.of(".");
        int fd = Libc.openat(top.number(), self, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC, 0);
        return new Fd(Errno.check(fd, "openat", top.name()), top.name());
    }

    private void removeContent(Fd folder, int depth) throws ErrnoException {
        for (DirectoryReader.Entry entry : DirectoryReader.read(folder)) {
            boolean gone = entry.kind() != DirectoryReader.Kind.DIRECTORY && unlink(folder, entry.name());
            if (!gone) {
                removeFolder(folder, entry, depth);
            }
        }
    }

    /** False if it is a folder after all. */
    private static boolean unlink(Fd folder, byte[] name) throws ErrnoException {
        if (Libc.unlinkat(folder.number(), name, 0) == 0 || Errno.last() == Errno.ENOENT) {
            return true;
        }
        int errno = Errno.last();
        if (errno == Errno.EISDIR) {
            return false;
        }
        throw new ErrnoException(errno == Errno.EBUSY ? Errno.EXDEV : errno, "unlinkat", subject(folder, name));
    }

    private void removeFolder(Fd parent, DirectoryReader.Entry entry, int depth) throws ErrnoException {
        byte[] name = entry.name();
        if (Libc.unlinkat(parent.number(), name, OpenFlags.AT_REMOVEDIR) == 0 || Errno.last() == Errno.ENOENT) {
            return;
        }
        if (depth >= DEPTH_LIMIT && isMovedUp(parent, name)) {
            return;
        }
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
        try (Fd folder = OpenAt2.open(parent, name, flags, 0, BENEATH)) {
            removeContent(folder, depth + 1);
        }
        if (Libc.unlinkat(parent.number(), name, OpenFlags.AT_REMOVEDIR) < 0 && Errno.last() != Errno.ENOENT) {
            throw new ErrnoException(Errno.last(), "rmdir", subject(parent, name));
        }
    }

    /** False in an overlay, which moves no folder of its lower ones; then a descriptor for each level must do. */
    private boolean isMovedUp(Fd parent, byte[] name) throws ErrnoException {
        byte[] target = CString.of(".fairlead-removed-" + UniqueName.next());
        if (Libc.renameat(parent.number(), name, top.number(), target) == 0) {
            moved++;
            return true;
        }
        int errno = Errno.last();
        if (errno == Errno.EXDEV) {
            return false;
        }
        throw new ErrnoException(errno == Errno.EBUSY ? Errno.EXDEV : errno, "renameat", subject(parent, name));
    }

    private static String subject(Fd folder, byte[] name) {
        return folder.name() + "/" + CString.read(name, 0, name.length);
    }
}

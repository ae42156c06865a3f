package io.fairlead.linux.file;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes missing folders and files of a tree that serve as mount points, and later removes those it made. */
public final class MountPoints implements AutoCloseable {
    private static final int FOLDER_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private record Made(Fd parent, String name, boolean folder) {}

    private final RootedTree tree;
    private final int user;
    private final int group;
    private final Deque<Made> made = new ArrayDeque<>();

    /** @param tree the caller closes it. User and group own the new files and folders, in the host's numbers */
    public MountPoints(RootedTree tree, int user, int group) {
        this.tree = tree;
        this.user = user;
        this.group = group;
    }

    /**
     * Opens the folder of that path; makes it, and the folders above it, where they are missing.
     *
     * @return opened with O_PATH; the caller closes it
     * @throws ErrnoException ENOTDIR, EROFS, EEXIST for a link that leads nowhere
     */
    public Fd folder(String path) throws ErrnoException {
        return open(path, true);
    }

    /** A file of that path, empty if it is made. @return as {@link #folder} */
    public Fd file(String path) throws ErrnoException {
        return open(path, false);
    }

    private Fd open(String path, boolean folder) throws ErrnoException {
        int kind = folder ? OpenFlags.O_DIRECTORY : 0;
        try {
            return tree.open(path, OpenFlags.O_PATH | kind, 0);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        List<String> parts = new ArrayList<>(List.of(path.split("/")));
        parts.removeIf(String::isEmpty);
        Fd current = tree.open("", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
        for (int end = 1; end <= parts.size(); end++) {
            boolean last = end == parts.size();
            try (Fd parent = current) {
                current = enter(parent, String.join("/", parts.subList(0, end)), parts.get(end - 1), folder || !last);
            }
        }
        return current;
    }

    private Fd enter(Fd parent, String path, String name, boolean folder) throws ErrnoException {
        int flags = OpenFlags.O_PATH | (folder ? OpenFlags.O_DIRECTORY : 0);
        try {
            return tree.open(path, flags, 0);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        make(parent, name, folder);
        return OpenAt2.open(parent, CString.of(name), flags, 0, OpenAt2.RESOLVE_BENEATH | OpenAt2.RESOLVE_NO_SYMLINKS);
    }

    private void make(Fd parent, String name, boolean folder) throws ErrnoException {
        byte[] bytes = CString.of(name);
        String subject = parent.name() + "/" + name;
        int result = folder
                ? Libc.mkdirat(parent.number(), bytes, FOLDER_MODE)
                : Libc.mknodat(parent.number(), bytes, FileStat.S_IFREG | FILE_MODE, 0);
        Errno.check(result, folder ? "mkdirat" : "mknodat", subject);
        made.push(new Made(parent.duplicate(), name, folder));
        if (user != 0 || group != 0) {
            // A file system without owners refuses; the owner is hidden while something is mounted there.
            Libc.fchownat(parent.number(), bytes, user, group, OpenFlags.AT_SYMLINK_NOFOLLOW);
        }
    }

    /** Removes those made and still empty, the innermost first; nothing may be mounted on them any more. */
    public void remove() {
        for (Made each : made) {
            // Not empty any more or gone already: another process has changed it.
            Libc.unlinkat(each.parent.number(), CString.of(each.name), each.folder ? OpenFlags.AT_REMOVEDIR : 0);
        }
    }

    @Override
    public void close() {
        made.forEach(each -> each.parent.close());
        made.clear();
    }
}

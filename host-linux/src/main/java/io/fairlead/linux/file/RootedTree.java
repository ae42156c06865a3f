package io.fairlead.linux.file;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree whose owner we do not trust, such as a container's root: every path is resolved as if the tree were all there
 * is. An absolute link in it leads to a place in it, {@code ..} at its top stays there, and links of /proc lead
 * nowhere.
 *
 * <p>Paths are as seen from inside; a leading slash makes no difference. A path with a {@code ..} part is refused.
 */
public final class RootedTree implements AutoCloseable {
    private static final long RESOLVE = OpenAt2.RESOLVE_IN_ROOT | OpenAt2.RESOLVE_NO_MAGICLINKS;

    private final Fd root;

    /** @throws ErrnoException ENOENT, ENOTDIR */
    public RootedTree(Path root) throws ErrnoException {
        this.root = Fd.open(root, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
    }

    /** @param flags as for open(2); O_CLOEXEC is added. The caller closes it. */
    public Fd open(String path, int flags, int mode) throws ErrnoException {
        List<String> parts = parts(path);
        String relative = parts.isEmpty() ? "." : String.join("/", parts);
        return OpenAt2.open(root, CString.of(relative), flags, mode, RESOLVE);
    }

    /** Whether the path leads to something of any kind. */
    public boolean exists(String path) throws ErrnoException {
        try (Fd found = open(path, OpenFlags.O_PATH, 0)) {
            return found.number() >= 0;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Makes a folder and those above it that are missing.
     *
     * @throws ErrnoException ENOTDIR or EEXIST if a file is in the way
     */
    public void createFolders(String path, int mode) throws ErrnoException {
        folder(parts(path), mode).close();
    }

    /**
     * Makes a file that must not exist yet, and the folders above it.
     *
     * @throws ErrnoException EEXIST also for a symbolic link, wherever it leads
     */
    public void createFile(String path, byte[] content, int mode) throws ErrnoException {
        List<String> parts = parts(path);
        requireName(parts, path);
        String name = parts.get(parts.size() - 1);
        try (Fd folder = folder(parts.subList(0, parts.size() - 1), 0755)) {
            int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
            try (Fd file = OpenAt2.open(folder, CString.of(name), flags, mode, OpenAt2.RESOLVE_BENEATH)) {
                Errno.check(Libc.fchmod(file.number(), mode), "fchmod", file.name());
                if (content.length > 0) {
                    file.write(content);
                }
            }
        }
    }

    /** @throws IOException if it is longer than the limit or is no regular file */
    public byte[] readFile(String path, int limit) throws IOException {
        try (Fd found = open(path, OpenFlags.O_PATH, 0)) {
            // Looked at before it is opened: a planted FIFO would hold us for ever, and a device may act on being
            // opened, as a watchdog does.
            if (!FileStat.of(found).isRegular()) {
                throw new IOException("%s is not a regular file".formatted(found.name()));
            }
            try (Fd file = Fd.open(self(found), OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK)) {
                return file.readAll(limit);
            }
        }
    }

    /**
     * As {@link #open}, but no part of the path may be a symbolic link, so that it leads where its text says.
     *
     * @throws ErrnoException ELOOP if one is
     */
    public Fd openUnlinked(String path, int flags) throws ErrnoException {
        List<String> parts = parts(path);
        String relative = parts.isEmpty() ? "." : String.join("/", parts);
        return OpenAt2.open(root, CString.of(relative), flags, 0, RESOLVE | OpenAt2.RESOLVE_NO_SYMLINKS);
    }

    private static Path self(Fd found) {
        return Path.of("/proc/self/fd/" + found.number());
    }

    /** As {@link #openFifo(Fd)}. */
    public Fd openFifo(String path) throws IOException {
        try (Fd found = open(path, OpenFlags.O_PATH, 0)) {
            return openFifo(found);
        }
    }

    /**
     * Opens a FIFO to write into it, without waiting for a reader.
     *
     * @param found opened with O_PATH, so that the very file that was checked is opened now
     * @throws ErrnoException ENXIO if it has no reader
     * @throws IOException if it is no FIFO: a device or file planted in its place is not written to
     */
    public static Fd openFifo(Fd found) throws IOException {
        if (!FileStat.of(found).isFifo()) {
            throw new IOException("%s is not a FIFO".formatted(found.name()));
        }
        return Fd.open(self(found), OpenFlags.O_WRONLY | OpenFlags.O_NONBLOCK);
    }

    private Fd folder(List<String> parts, int mode) throws ErrnoException {
        Fd current = open("", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
        for (int i = 0; i < parts.size(); i++) {
            String path = String.join("/", parts.subList(0, i + 1));
            try (Fd parent = current) {
                current = enter(parent, path, parts.get(i), mode);
            }
        }
        return current;
    }

    private Fd enter(Fd parent, String path, String name, int mode) throws ErrnoException {
        int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
        try {
            return open(path, flags, 0);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        // EEXIST here means a link that leads nowhere: we do not make its target.
        int made = Libc.mkdirat(parent.number(), CString.of(name), mode);
        Errno.check(made, "mkdirat", root.name() + "/" + path);
        return OpenAt2.open(parent, CString.of(name), flags, 0, OpenAt2.RESOLVE_BENEATH | OpenAt2.RESOLVE_NO_SYMLINKS);
    }

    private static void requireName(List<String> parts, String path) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("path: %s (expected: the name of a file)".formatted(path));
        }
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                throw new IllegalArgumentException("path: %s (expected: no .. in it)".formatted(path));
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    @Override
    public void close() {
        root.close();
    }
}

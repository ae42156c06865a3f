package io.fairlead.linux.file;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that is only added to, and that moves aside when it is full: {@code name}, then {@code name.0},
 * {@code name.1}... as with libvirt's log daemon. It writes only to a plain file at its path; in a folder that
 * others may change, only if no link leads there. One thread at a time.
 */
public final class AppendedFile implements AutoCloseable {
    private static final int OWNER_ONLY = 0600;
    private static final long PLAIN = OpenAt2.RESOLVE_BENEATH | OpenAt2.RESOLVE_NO_SYMLINKS;

    private final Fd folder;
    private final String name;
    private Fd file;

    private AppendedFile(Fd folder, String name, Fd file) {
        this.folder = folder;
        this.name = name;
        this.file = file;
    }

    /**
     * Opens it, or makes it with access for its owner only.
     *
     * @param path absolute; the folder must exist
     * @param untrusted folders that others may change: no part of the path below them may be a link, nor the file have
     *     a second name
     * @throws IOException if the path is no plain file
     */
    public static AppendedFile open(Path path, List<Path> untrusted) throws IOException {
        String name = path.getFileName().toString();
        Fd folder = folder(path.getParent(), untrusted);
        try {
            boolean trusted = beneath(real(folder), untrusted) == null;
            return new AppendedFile(folder, name, openFile(folder, name, trusted));
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    private static Fd folder(Path path, List<Path> untrusted) throws IOException {
        int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
        Path top = beneath(path, untrusted);
        if (top != null) {
            try (Fd from = Fd.open(top, flags)) {
                String rest = top.relativize(path).toString();
                return OpenAt2.open(from, CString.of(rest.isEmpty() ? "." : rest), flags, 0, PLAIN);
            }
        }
        Fd folder = Fd.open(path, flags);
        Path planted = beneath(real(folder), untrusted);
        if (planted != null) {
            folder.close();
            // Its real path names the same folder, and needs no link.
            throw new IOException("%s leads into %s through a link".formatted(path, planted));
        }
        return folder;
    }

    private static Path real(Fd folder) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + folder.number()));
    }

    /** The folder of those that the path lies in, by its name or by its real one; null for none. */
    private static Path beneath(Path path, List<Path> folders) throws IOException {
        for (Path folder : folders) {
            if (path.startsWith(folder)) {
                return folder;
            }
            if (Files.exists(folder) && path.startsWith(folder.toRealPath())) {
                return folder.toRealPath();
            }
        }
        return null;
    }

    private static Fd openFile(Fd folder, String name, boolean trusted) throws IOException {
        try (Fd found = OpenAt2.open(folder, CString.of(name), OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW, 0, PLAIN)) {
            FileStat stat = FileStat.of(found);
            if (!stat.isRegular() || !trusted && stat.links() > 1) {
                throw new IOException("%s is not a plain file of its own".formatted(found.name()));
            }
            // Opened through the descriptor, so that it is the very file that was checked.
            return Fd.open(Path.of("/proc/self/fd/" + found.number()), OpenFlags.O_WRONLY | OpenFlags.O_APPEND);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        int flags = OpenFlags.O_WRONLY | OpenFlags.O_APPEND | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
        return OpenAt2.open(folder, CString.of(name), flags, OWNER_ONLY, PLAIN);
    }

    public void append(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            file.write(bytes);
        }
    }

    public long sizeBytes() throws IOException {
        return FileStat.of(file).sizeBytes();
    }

    /** Empties it. */
    public void clear() throws IOException {
        Errno.check(Libc.ftruncate(file.number(), 0), "ftruncate", file.name());
    }

    /** Moves it aside, and the older files one number up; the oldest is overwritten. @param kept how many */
    public void rotate(int kept) throws IOException {
        for (int old = kept - 1; old > 0; old--) {
            rename(name + "." + (old - 1), name + "." + old);
        }
        rename(name, name + ".0");
        int flags = OpenFlags.O_WRONLY | OpenFlags.O_APPEND | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
        Fd fresh = OpenAt2.open(folder, CString.of(name), flags, OWNER_ONLY, PLAIN);
        file.close();
        file = fresh;
    }

    private void rename(String from, String to) throws IOException {
        int moved = Libc.renameat(folder.number(), CString.of(from), folder.number(), CString.of(to));
        if (moved < 0 && Errno.last() != Errno.ENOENT) {
            throw new ErrnoException(Errno.last(), "rename", folder.name() + "/" + from);
        }
    }

    @Override
    public void close() {
        file.close();
        folder.close();
    }
}

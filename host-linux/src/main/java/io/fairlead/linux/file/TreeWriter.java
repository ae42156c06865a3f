package io.fairlead.linux.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.DirectoryReader;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes and removes files of all kinds in a tree whose content may be hostile. A folder's path is resolved as if the
 * tree were all there is: an absolute link leads to a place in it, and {@code ..} at its top stays there. The last part
 * of a path is never followed.
 *
 * <p>Names are bytes, which need not be text: each character of a path here stands for one byte. Paths are relative,
 * without empty parts, {@code .} and {@code ..}. No other process may change the tree. For one thread.
 */
public final class TreeWriter implements AutoCloseable {
    private static final long RESOLVE = OpenAt2.RESOLVE_IN_ROOT | OpenAt2.RESOLVE_NO_MAGICLINKS;
    private static final int FOLDER_FLAGS = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
    private static final int TIMESPEC_BYTES = 16;
    private static final byte[] SELF = CString.of(".");

    private final Fd root;
    /** The folder of the last file: the next one is mostly beside it. Null when the path may lead elsewhere now. */
    private String lastPath = "";

    private Fd last;

    /** The place of a file: a folder and a name in it. Valid until the next place is looked for. */
    public static final class Place {
        private final Fd folder;
        private final byte[] name;
        private final String path;

        private Place(Fd folder, byte[] name, String path) {
            this.folder = folder;
            this.name = name;
            this.path = path;
        }

        /** For messages. */
        @Override
        public String toString() {
            return new String(path.getBytes(ISO_8859_1), UTF_8);
        }
    }

    /** @param top of the tree; stays the caller's */
    public TreeWriter(Fd top) throws ErrnoException {
        this.root = OpenAt2.open(top, SELF, FOLDER_FLAGS, 0, OpenAt2.RESOLVE_BENEATH);
        try {
            this.last = OpenAt2.open(root, SELF, FOLDER_FLAGS, 0, OpenAt2.RESOLVE_BENEATH);
        } catch (ErrnoException e) {
            root.close();
            throw e;
        }
    }

    /**
     * Finds the place of a file. Folders above it that are missing are made, with mode 0755.
     *
     * @throws ErrnoException ENOTDIR or EEXIST if a file or a dangling link is in the way
     */
    public Place place(String path) throws ErrnoException {
        enter(folder(path));
        return new Place(last, CString.ofBytes(path.substring(path.lastIndexOf('/') + 1)), path);
    }

    /** As {@link #place}; empty, and nothing is made, if a folder above it is missing or is no folder. */
    public Optional<Place> existing(String path) throws ErrnoException {
        String folder = folder(path);
        if (!folder.equals(lastPath)) {
            try {
                keep(folder, open(folder));
            } catch (ErrnoException e) {
                if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
                    return Optional.empty();
                }
                throw e;
            }
        }
        return Optional.of(place(path));
    }

    /** The top of the tree itself, which is there and can only be dressed. */
    public Place top() throws ErrnoException {
        enter("");
        return new Place(last, SELF, ".");
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private void enter(String folder) throws ErrnoException {
        if (folder.equals(lastPath)) {
            return;
        }
        try {
            keep(folder, open(folder));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            make(folder);
        }
    }

    private void make(String folder) throws ErrnoException {
        enter(folder(folder));
        byte[] name = CString.ofBytes(folder.substring(folder.lastIndexOf('/') + 1));
        // EEXIST here means a link that leads nowhere: we do not make its target.
        Errno.check(Libc.mkdirat(last.number(), name, 0755), "mkdirat", subject(folder));
        Errno.check(Libc.fchmodat(last.number(), name, 0755, 0), "fchmodat", subject(folder)); // whatever our umask is
        keep(folder, open(folder));
    }

    private Fd open(String folder) throws ErrnoException {
        return OpenAt2.open(root, folder.isEmpty() ? SELF : CString.ofBytes(folder), FOLDER_FLAGS, 0, RESOLVE);
    }

    private void keep(String folder, Fd opened) {
        last.close();
        last = opened;
        lastPath = folder;
    }

    private String subject(String path) {
        return root.name() + "/" + path;
    }

    /** Of a link itself; empty if nothing is there. */
    public Optional<FileStat> look(Place place) throws ErrnoException {
        try {
            return Optional.of(FileStat.ofLink(place.folder, place.name));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The names in a folder, in no order. */
    public List<String> names(Place folder) throws ErrnoException {
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
        try (Fd open = OpenAt2.open(folder.folder, folder.name, flags, 0, OpenAt2.RESOLVE_BENEATH)) {
            return DirectoryReader.read(open).stream()
                    .map(entry -> new String(entry.name(), 0, entry.name().length - 1, ISO_8859_1))
                    .toList();
        }
    }

    /** Removes a file, or a folder and all in it. Does nothing if nothing is there. */
    public void remove(Place place) throws ErrnoException {
        if (Libc.unlinkat(place.folder.number(), place.name, 0) < 0) {
            int errno = Errno.last();
            if (errno == Errno.ENOENT) {
                return;
            }
            if (errno != Errno.EISDIR) {
                throw new ErrnoException(errno, "unlinkat", subject(place.path));
            }
            TreeRemover.remove(place.folder, place.name);
        }
        lastPath = null; // it may have been a link on the way there
    }

    /** Root's alone until it is dressed, as all that is made here. */
    public void makeFolder(Place place) throws ErrnoException {
        check(Libc.mkdirat(place.folder.number(), place.name, 0700), "mkdirat", place);
    }

    /** @return open for writing; the caller closes it */
    public Fd makeFile(Place place) throws ErrnoException {
        int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
        return OpenAt2.open(place.folder, place.name, flags, 0600, OpenAt2.RESOLVE_BENEATH);
    }

    public void makeSymbolicLink(Place place, String target) throws ErrnoException {
        check(Libc.symlinkat(CString.ofBytes(target), place.folder.number(), place.name), "symlinkat", place);
    }

    /** @param type S_IFCHR, S_IFBLK or S_IFIFO */
    public void makeNode(Place place, int type, int major, int minor) throws ErrnoException {
        // As mknod(2) wants it: 8 bits of minor, 12 of major, 12 more of minor (linux/kdev_t.h).
        long device = (minor & 0xff) | ((long) (major & 0xfff) << 8) | ((long) (minor & 0xfff00) << 12);
        check(Libc.mknodat(place.folder.number(), place.name, type | 0600, device), "mknodat", place);
    }

    /**
     * A second name for a file.
     *
     * @param of its path
     * @throws ErrnoException ENOENT, EPERM for a folder
     */
    public void makeHardLink(Place place, String of) throws ErrnoException {
        String folder = folder(of);
        byte[] name = CString.ofBytes(of.substring(folder.isEmpty() ? 0 : folder.length() + 1));
        try (Fd from = open(folder)) {
            check(Libc.linkat(from.number(), name, place.folder.number(), place.name, 0), "linkat", place);
        }
    }

    /**
     * Gives a file its owner, extended attributes, mode and time of its last change.
     *
     * @param mode the lower 12 bits count; none for a symbolic link, which has no mode
     * @param attributes values by name, of which each character stands for one byte
     * @return the names of attributes that this file cannot have: its file system or its kind takes none such
     */
    public List<String> dress(
            Place place, int user, int group, int mode, Map<String, byte[]> attributes, Instant modified)
            throws ErrnoException {
        int link = OpenFlags.AT_SYMLINK_NOFOLLOW;
        // The owner first, since its change takes set-user-id and capabilities away; the time last.
        check(Libc.fchownat(place.folder.number(), place.name, user, group, link), "fchownat", place);
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, byte[]> attribute : attributes.entrySet()) {
            if (!isSet(place, attribute.getKey(), attribute.getValue())) {
                refused.add(attribute.getKey());
            }
        }
        if ((mode & FileStat.S_IFMT) != FileStat.S_IFLNK) {
            check(Libc.fchmodat(place.folder.number(), place.name, mode & 07777, 0), "fchmodat", place);
        }
        setModified(place, modified);
        return refused;
    }

    private boolean isSet(Place place, String attribute, byte[] value) throws ErrnoException {
        byte[] start = ("/proc/self/fd/" + place.folder.number() + "/").getBytes(US_ASCII);
        byte[] path = Arrays.copyOf(start, start.length + place.name.length);
        System.arraycopy(place.name, 0, path, start.length, place.name.length);
        int set = Libc.lsetxattr(path, CString.ofBytes(attribute), value, value.length, 0);
        if (set < 0 && (Errno.last() == Errno.EOPNOTSUPP || Errno.last() == Errno.EPERM)) {
            return false;
        }
        check(set, "lsetxattr " + attribute, place);
        return true;
    }

    /** The time of the last access, too. */
    public void setModified(Place place, Instant modified) throws ErrnoException {
        ByteBuffer times = ByteBuffer.allocate(2 * TIMESPEC_BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < 2; i++) {
            times.putLong(modified.getEpochSecond()).putLong(modified.getNano());
        }
        int link = OpenFlags.AT_SYMLINK_NOFOLLOW;
        check(Libc.utimensat(place.folder.number(), place.name, times.array(), link), "utimensat", place);
    }

    private void check(int result, String call, Place place) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(Errno.last(), call, subject(place.path));
        }
    }

    @Override
    public void close() {
        last.close();
        root.close();
    }
}

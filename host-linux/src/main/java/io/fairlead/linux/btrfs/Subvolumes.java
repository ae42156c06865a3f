package io.fairlead.linux.btrfs;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.mount.FileSystemSize;
import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Making, copying and deleting subvolumes. All take milliseconds, however much lies in them. */
public final class Subvolumes {
    private static final long SUBVOL_CREATE_V2 = 0x50009418L; // _IOW(0x94, 24, 4096 bytes)
    private static final long SNAP_CREATE_V2 = 0x50009417L; // _IOW(0x94, 23, 4096 bytes)
    private static final long SNAP_DESTROY = 0x5000940fL; // _IOW(0x94, 15, 4096 bytes)
    private static final long SUBVOL_SETFLAGS = 0x4008941aL; // _IOW(0x94, 26, 8 bytes)
    private static final int ARGUMENT_BYTES = 4096;
    private static final int NAME_AT = 8; // struct btrfs_ioctl_vol_args
    private static final int NAME_V2_AT = 56; // struct btrfs_ioctl_vol_args_v2
    private static final int FLAGS_V2_AT = 16;
    private static final long READ_ONLY = 2; // BTRFS_SUBVOL_RDONLY
    /** The inode of every subvolume's top folder (BTRFS_FIRST_FREE_OBJECTID). */
    static final long TOP_INODE = 256;

    private Subvolumes() {}

    /** Whether a folder lies on btrfs. */
    public static boolean possibleIn(Path folder) throws ErrnoException {
        return FileSystemSize.of(folder).magic() == FileSystemSize.BTRFS_MAGIC;
    }

    /** Whether the path itself is a subvolume; a link is not followed. */
    public static boolean is(Path path) throws ErrnoException {
        FileStat stat = FileStat.ofLink(path);
        return stat.isFolder() && stat.inode() == TOP_INODE && possibleIn(path);
    }

    /** @throws ErrnoException EEXIST */
    public static void create(Path path) throws ErrnoException {
        ByteBuffer argument = named(path, NAME_V2_AT);
        inParent(path, SUBVOL_CREATE_V2, argument, "create subvolume");
    }

    /** A writable copy of {@code origin} that shares its blocks. @throws ErrnoException EEXIST, EXDEV */
    public static void snapshot(Path origin, Path path) throws ErrnoException {
        snapshot(origin, path, 0);
    }

    /**
     * A copy that not even root can write to. It can be renamed within its folder only.
     *
     * @throws ErrnoException EEXIST, EXDEV
     */
    public static void freeze(Path origin, Path path) throws ErrnoException {
        snapshot(origin, path, READ_ONLY);
    }

    /** From here on not even root can write to a subvolume. What is open for writing stays so. */
    public static void makeReadOnly(Path path) throws ErrnoException {
        ByteBuffer flags = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        try (Fd subvolume = Fd.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW)) {
            byte[] readOnly = flags.putLong(0, READ_ONLY).array();
            Errno.check(Libc.ioctl(subvolume.number(), SUBVOL_SETFLAGS, readOnly), "make read-only", path);
        }
    }

    private static void snapshot(Path origin, Path path, long how) throws ErrnoException {
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
        try (Fd from = Fd.open(origin, flags)) {
            ByteBuffer argument =
                    named(path, NAME_V2_AT).putLong(0, from.number()).putLong(FLAGS_V2_AT, how);
            inParent(path, SNAP_CREATE_V2, argument, "snapshot " + origin + " as");
        }
    }

    /**
     * Deletes a subvolume and all in it; space comes back in the background.
     *
     * @throws ErrnoException ENOTEMPTY when it has others inside
     */
    public static void delete(Path path) throws ErrnoException {
        inParent(path, SNAP_DESTROY, named(path, NAME_AT), "delete subvolume");
    }

    private static ByteBuffer named(Path path, int at) {
        byte[] name = CString.of(path.getFileName());
        return ByteBuffer.allocate(ARGUMENT_BYTES)
                .order(ByteOrder.nativeOrder())
                .put(at, name);
    }

    private static void inParent(Path path, long request, ByteBuffer argument, String what) throws ErrnoException {
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY;
        try (Fd parent = Fd.open(path.toAbsolutePath().getParent(), flags)) {
            Errno.check(Libc.ioctl(parent.number(), request, argument.array()), what, path);
        }
    }
}

package io.fairlead.linux.mount;

import static io.fairlead.linux.mount.MountFlag.BIND;
import static io.fairlead.linux.mount.MountFlag.READ_ONLY;
import static io.fairlead.linux.mount.MountFlag.RECURSIVE;
import static io.fairlead.linux.mount.MountFlag.REMOUNT;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Libc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** mount(2) and umount2(2), without the mount program. Needs CAP_SYS_ADMIN. */
public final class Mounts {
    private static final int MNT_FORCE = 1;
    private static final int MNT_DETACH = 2;
    private static final int UMOUNT_NOFOLLOW = 8;
    private static final int STATFS_FLAGS_AT = 80;
    private static final long ST_RELATIME = 4096;
    /** Bits that statfs and mount share: nosuid, nodev, noexec, noatime, nodiratime. */
    private static final long SAME_BITS = 2 | 4 | 8 | 1024 | 2048;

    private Mounts() {}

    /**
     * @param source a device, or any text for file systems without one
     * @param data options of the file system, separated by commas; may be empty
     */
    public static void mount(String source, Path target, String type, Set<MountFlag> flags, String data)
            throws ErrnoException {
        call(source, target, type, bits(flags), data);
        OwnMounts.made(target);
    }

    /** Shows a file or folder at a second place. */
    public static void bind(Path source, Path target, boolean recursive, boolean readOnly) throws ErrnoException {
        call(source.toString(), target, null, BIND.bit() | (recursive ? RECURSIVE.bit() : 0), null);
        if (readOnly) {
            try {
                // A bind mount takes no other flag at first; it has to be mounted again. Mounts below keep theirs.
                long flags = BIND.bit() | REMOUNT.bit() | READ_ONLY.bit() | inherited(target);
                call("none", target, null, flags, null);
            } catch (ErrnoException e) {
                Libc.umount2(CString.of(target), MNT_DETACH);
                throw e;
            }
        }
        OwnMounts.made(target);
    }

    /** @param propagation PRIVATE, SLAVE, SHARED or UNBINDABLE */
    public static void propagation(Path target, MountFlag propagation, boolean recursive) throws ErrnoException {
        call("none", target, null, propagation.bit() | (recursive ? RECURSIVE.bit() : 0), null);
    }

    /** @throws ErrnoException EBUSY while it is in use, EINVAL if nothing is mounted there */
    public static void unmount(Path target) throws ErrnoException {
        unmount(target, UMOUNT_NOFOLLOW);
    }

    /**
     * Takes a mount out of the tree now; it is gone when its last user is. Never a way around EBUSY: a remaining user
     * keeps the device busy.
     */
    public static void detach(Path target) throws ErrnoException {
        unmount(target, UMOUNT_NOFOLLOW | MNT_DETACH);
    }

    /** As {@link #detach}; does nothing if nothing is mounted there, or there is nothing. */
    public static void detachIfThere(Path target) throws ErrnoException {
        try {
            detach(target);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /**
     * As {@link #detach}, but calls that wait for the file system's server fail with EIO. Bytes not yet written out are
     * lost. May itself wait for that server, after the mount has left the tree: see {@link SilentMount}.
     */
    static void force(Path target) throws ErrnoException {
        if (Libc.umount2(CString.of(target), UMOUNT_NOFOLLOW | MNT_FORCE) < 0) { // EBUSY as long as calls waited for it
            detach(target);
        } else {
            OwnMounts.gone(target);
        }
    }

    /**
     * Whether another file system lies at this path than at its folder; false for a path with nothing. Takes as long
     * however many mounts there are, but does not see a part of the same file system that is mounted there.
     */
    public static boolean isAnotherAt(Path target) throws ErrnoException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        String here = FileStat.ofLink(target).fileSystem();
        return !here.equals(FileStat.of(target.toAbsolutePath().getParent()).fileSystem());
    }

    /**
     * Unmounts everything at and below a folder, the last mounted first. Mounts that others unmount meanwhile are
     * passed over.
     *
     * @return the former mounts
     */
    public static List<MountEntry> unmountBelow(Path folder) throws IOException {
        List<MountEntry> entries = MountTable.own().below(folder);
        for (MountEntry entry : entries) {
            try {
                unmount(entry.target());
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOENT) {
                    throw e;
                }
            }
        }
        return entries;
    }

    /** The flags that the mount has from its source, such as nosuid; a remount without them would lift them. */
    private static long inherited(Path target) throws ErrnoException {
        ByteBuffer statfs = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
        Errno.check(Libc.statfs(CString.of(target), statfs.array()), "statfs", target);
        long flags = statfs.getLong(STATFS_FLAGS_AT);
        return flags & SAME_BITS | ((flags & ST_RELATIME) != 0 ? MountFlag.RELATIVE_ATIME.bit() : 0);
    }

    private static void unmount(Path target, int flags) throws ErrnoException {
        Errno.check(Libc.umount2(CString.of(target), flags), "umount2", target);
        OwnMounts.gone(target);
    }

    private static void call(String source, Path target, String type, long flags, String data) throws ErrnoException {
        byte[] typeBytes = type == null ? null : CString.of(type);
        byte[] dataBytes = data == null || data.isEmpty() ? null : CString.of(data);
        int result = Libc.mount(CString.of(source), CString.of(target), typeBytes, flags, dataBytes);
        Errno.check(result, "mount", source + " on " + target);
    }

    private static long bits(Set<MountFlag> flags) {
        return flags.stream().mapToLong(MountFlag::bit).reduce(0, (a, b) -> a | b);
    }
}

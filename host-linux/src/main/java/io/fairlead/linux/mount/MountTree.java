package io.fairlead.linux.mount;

import static io.fairlead.linux.mount.MountFlag.NO_DEVICES;
import static io.fairlead.linux.mount.MountFlag.NO_EXEC;
import static io.fairlead.linux.mount.MountFlag.NO_SUID;
import static io.fairlead.linux.mount.MountFlag.READ_ONLY;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * A mount, and those below it, held by a descriptor: open_tree(2), move_mount(2), and mount_setattr(2), which needs
 * Linux 5.12. A copy is in no mount namespace until it is attached, and is gone if it is closed before. It has the
 * flags of its original. Needs CAP_SYS_ADMIN.
 */
public final class MountTree implements AutoCloseable {
    private static final int SYS_OPEN_TREE = 428;
    private static final int SYS_MOVE_MOUNT = 429;
    private static final int SYS_MOUNT_SETATTR = 442;
    private static final int OPEN_TREE_CLONE = 1;
    private static final int AT_RECURSIVE = 0x8000;
    private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;
    private static final int MOVE_MOUNT_T_EMPTY_PATH = 0x40;
    /** struct mount_attr: attr_set, attr_clr, propagation, userns_fd; 64 bits each. */
    private static final int ATTRIBUTES_BYTES = 32;

    private static final int STATFS_FLAGS_AT = 80;
    private static final byte[] EMPTY = {0};
    /** Flags with the same bits in statfs(2), mount(2) and mount_setattr(2). */
    private static final Set<MountFlag> PLAIN = EnumSet.of(READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC);

    private final Fd top;

    private MountTree(Fd top) {
        this.top = top;
    }

    /**
     * A copy, from a file or folder on.
     *
     * @param place opened with O_PATH, in the mount namespace of the calling thread
     * @param recursive with the mounts below
     */
    public static MountTree copy(Fd place, boolean recursive) throws ErrnoException {
        int flags = OPEN_TREE_CLONE | OpenFlags.O_CLOEXEC | OpenFlags.AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
        long fd = Libc.syscall(SYS_OPEN_TREE, place.number(), EMPTY, flags, null, 0);
        return new MountTree(new Fd((int) Errno.check(fd, "open_tree", place.name()), place.name()));
    }

    /** The mount that is there already. @param place opened with O_PATH; closed with this */
    public static MountTree at(Fd place) {
        return new MountTree(place);
    }

    /**
     * Takes the mount at a folder out of the tree of mounts and holds it: it is seen by nobody else from here on, and
     * is gone when this is closed, or when the process ends.
     */
    public static MountTree take(Path target) throws ErrnoException {
        MountTree taken = null;
        try (Fd there = Fd.open(target, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY)) {
            taken = copy(there, false);
        } finally {
            if (taken == null) {
                Mounts.detach(target);
            }
        }
        try {
            Mounts.unmount(target);
            return taken;
        } catch (ErrnoException e) {
            taken.close();
            throw e;
        }
    }

    /** A new mount, as mount(2) makes it, upon a place opened with O_PATH. */
    public static void mount(String source, Fd place, String type, Set<MountFlag> flags, String data)
            throws ErrnoException {
        byte[] target = CString.of("/proc/self/fd/" + place.number());
        byte[] options = data.isEmpty() ? null : CString.of(data);
        int result = Libc.mount(CString.of(source), target, CString.of(type), bits(flags), options);
        Errno.check(result, "mount", source + " on " + place.name());
    }

    /** Its topmost file or folder. */
    public Fd top() {
        return top;
    }

    /** Which of read-only, nosuid, nodev and noexec hold for the topmost mount, or for its file system. */
    public Set<MountFlag> flags() throws ErrnoException {
        return flags(top);
    }

    /** The same for the mount that a file was opened by. */
    public static Set<MountFlag> flags(Fd file) throws ErrnoException {
        ByteBuffer statfs = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
        Errno.check(Libc.fstatfs(file.number(), statfs.array()), "fstatfs", file.name());
        long bits = statfs.getLong(STATFS_FLAGS_AT);
        Set<MountFlag> found = EnumSet.noneOf(MountFlag.class);
        PLAIN.stream().filter(flag -> (bits & flag.bit()) != 0).forEach(found::add);
        return found;
    }

    /** Changes of mounts elsewhere no longer reach this copy, nor the other way round. */
    public void makePrivate() throws ErrnoException {
        change(0, 0, MountFlag.PRIVATE.bit(), true);
    }

    /**
     * @param flag READ_ONLY, NO_SUID, NO_DEVICES or NO_EXEC
     * @param recursive also for the mounts below
     * @throws ErrnoException EBUSY if something is open for writing
     */
    public void set(MountFlag flag, boolean recursive) throws ErrnoException {
        change(flag.bit(), 0, 0, recursive);
    }

    /** For the topmost mount alone. @param flag as for {@link #set} */
    public void clear(MountFlag flag) throws ErrnoException {
        change(0, flag.bit(), 0, false);
    }

    private void change(long set, long clear, long propagation, boolean recursive) throws ErrnoException {
        ByteBuffer attributes = ByteBuffer.allocate(ATTRIBUTES_BYTES).order(ByteOrder.nativeOrder());
        attributes.putLong(set).putLong(clear).putLong(propagation);
        int flags = OpenFlags.AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
        long result = Libc.syscall(SYS_MOUNT_SETATTR, top.number(), EMPTY, flags, attributes.array(), ATTRIBUTES_BYTES);
        Errno.check(result, "mount_setattr", top.name());
    }

    /**
     * Mounts a copy. It can still be changed afterwards.
     *
     * @param place opened with O_PATH, in the mount namespace of the calling thread
     * @throws ErrnoException ENOTDIR if one is a folder and the other is not
     */
    public void attach(Fd place) throws ErrnoException {
        long flags = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
        long result = Libc.syscall(SYS_MOVE_MOUNT, top.number(), EMPTY, place.number(), EMPTY, flags);
        Errno.check(result, "move_mount", top.name() + " to " + place.name());
    }

    private static long bits(Set<MountFlag> flags) {
        return flags.stream().mapToLong(MountFlag::bit).reduce(0, (a, b) -> a | b);
    }

    @Override
    public void close() {
        top.close();
    }
}

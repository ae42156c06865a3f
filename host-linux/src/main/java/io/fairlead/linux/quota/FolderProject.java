package io.fairlead.linux.quota;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The project that a folder belongs to, which everything made in it inherits. */
public final class FolderProject {
    private static final long GET = 0x801c581fL; // FS_IOC_FSGETXATTR, _IOR('X', 31, 28 bytes)
    private static final long SET = 0x401c5820L; // FS_IOC_FSSETXATTR, _IOW('X', 32, 28 bytes)
    private static final int BYTES = 28; // struct fsxattr
    private static final int PROJECT_AT = 12;
    private static final int INHERIT = 0x200; // FS_XFLAG_PROJINHERIT

    private FolderProject() {}

    /** 0 for none, or if new files in the folder do not inherit it. */
    public static int of(Path folder) throws ErrnoException {
        try (Fd fd = open(folder)) {
            ByteBuffer attributes = read(fd);
            return (attributes.getInt(0) & INHERIT) == 0 ? 0 : attributes.getInt(PROJECT_AT);
        }
    }

    /**
     * Marks an empty folder. From then on things can be moved into it only from folders of the same project.
     *
     * @throws ErrnoException EOPNOTSUPP, ENOTTY where the file system has no projects
     */
    public static void assign(Path folder, int project) throws ErrnoException {
        try (Fd fd = open(folder)) {
            ByteBuffer attributes = read(fd);
            attributes.putInt(0, attributes.getInt(0) | INHERIT).putInt(PROJECT_AT, project);
            Errno.check(Libc.ioctl(fd.number(), SET, attributes.array()), "set project of", folder);
        }
    }

    private static ByteBuffer read(Fd folder) throws ErrnoException {
        ByteBuffer attributes = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
        Errno.check(Libc.ioctl(folder.number(), GET, attributes.array()), "read project of", folder.name());
        return attributes;
    }

    private static Fd open(Path folder) throws ErrnoException {
        return Fd.open(folder, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW);
    }
}

package io.fairlead.linux.device;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.file.Path;
import java.util.Optional;

/** Which device a node stands for. */
public record DeviceNumber(Type type, int major, int minor) {
    public enum Type {
        BLOCK('b', FileStat.S_IFBLK),
        CHARACTER('c', FileStat.S_IFCHR);

        private final char letter;
        private final int mode;

        Type(char letter, int mode) {
            this.letter = letter;
            this.mode = mode;
        }

        /** As device cgroups and OCI configurations write it. */
        public char letter() {
            return letter;
        }
    }

    /** Empty if the file, or the target of the link, is no device. */
    public static Optional<DeviceNumber> of(Path node) throws ErrnoException {
        FileStat stat = FileStat.of(node);
        if (!stat.isBlockDevice() && !stat.isCharacterDevice()) {
            return Optional.empty();
        }
        Type type = stat.isBlockDevice() ? Type.BLOCK : Type.CHARACTER;
        return Optional.of(new DeviceNumber(type, stat.deviceMajor(), stat.deviceMinor()));
    }

    /** Makes a node for it. @param permissions subject to the umask */
    public void makeNode(Path node, int permissions) throws ErrnoException {
        int made = Libc.mknodat(OpenFlags.AT_FDCWD, CString.of(node), type.mode | permissions, encoded());
        Errno.check(made, "mknod", node);
    }

    /** As the C library packs it: the kernel's old 8 + 8 bits in the middle, the rest around them. */
    public long encoded() {
        long high = major;
        long low = minor;
        return (high & 0xfff) << 8 | (high & ~0xfffL) << 32 | low & 0xff | (low & ~0xffL) << 12;
    }

    /** {@code major:minor} */
    @Override
    public String toString() {
        return major + ":" + minor;
    }
}

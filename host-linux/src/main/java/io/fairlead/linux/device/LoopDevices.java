package io.fairlead.linux.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files as block devices, through /dev/loop-control (loop(4)). */
public final class LoopDevices {
    private static final Path CONTROL = Path.of("/dev/loop-control");
    private static final long LOOP_CTL_GET_FREE = 0x4C82;
    private static final long LOOP_SET_FD = 0x4C00;
    private static final long LOOP_CLR_FD = 0x4C01;
    private static final long LOOP_SET_STATUS64 = 0x4C04;
    private static final long LOOP_GET_STATUS64 = 0x4C05;
    private static final long LOOP_SET_CAPACITY = 0x4C07;
    private static final long LOOP_CONFIGURE = 0x4C0A;
    private static final int READ_ONLY = 1;
    private static final int AUTOCLEAR = 4;
    private static final int MAJOR = 7;

    // struct loop_config: fd 4, block_size 4, struct loop_info64 232, reserved 64
    private static final int CONFIG_BYTES = 304;
    private static final int INFO_AT = 8;
    private static final int INFO_BYTES = 232;
    private static final int FLAGS_AT = 52;
    private static final int NAME_AT = 56;
    private static final int NAME_BYTES = 64;
    /** Others take free devices, too, between our asking and our taking. */
    private static final int ATTEMPTS = 100;

    /**
     * The file behind a device, whatever it is called and whoever attached it.
     *
     * @param fileSystem that it lies on, {@code major:minor}, as in {@link io.fairlead.linux.file.FileStat}
     */
    public record Backing(String fileSystem, long inode) {}

    private LoopDevices() {}

    /** Attaches a file. @throws ErrnoException ENOENT on hosts without loop devices, EACCES, ... */
    public static LoopDevice attach(Path file, boolean readOnly) throws ErrnoException {
        try (Fd backing = Fd.open(file, readOnly ? OpenFlags.O_RDONLY : OpenFlags.O_RDWR)) {
            return attach(backing, file, readOnly);
        }
    }

    /** Attaches a file that is open, for reading or for both. @param file its name */
    public static LoopDevice attach(Fd backing, Path file, boolean readOnly) throws ErrnoException {
        int access = readOnly ? OpenFlags.O_RDONLY : OpenFlags.O_RDWR;
        try (Fd control = Fd.open(CONTROL, OpenFlags.O_RDWR)) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int index = Errno.check(Libc.ioctl(control.number(), LOOP_CTL_GET_FREE, 0), "ioctl", CONTROL);
                makeNodeIfMissing(index);
                Fd device = Fd.open(node(index), access);
                int errno = configure(device, backing, file, readOnly);
                if (errno == 0) {
                    return new LoopDevice(index, device);
                }
                device.close();
                if (errno != Errno.EBUSY) {
                    throw new ErrnoException(errno, "attach", "%s to %s".formatted(file, node(index)));
                }
            }
        }
        throw new ErrnoException(Errno.EBUSY, "attach", "%s: others took every free loop device".formatted(file));
    }

    /** Detaches; at once, or when its last user is gone. @throws ErrnoException ENXIO if nothing is attached */
    public static void detach(int index) throws ErrnoException {
        try (Fd device = Fd.open(node(index), OpenFlags.O_RDONLY)) {
            Errno.check(Libc.ioctl(device.number(), LOOP_CLR_FD, 0), "detach", node(index));
        }
    }

    /** Gives a device the size that its file has now; its users see that at once. */
    public static void adoptSize(int index) throws ErrnoException {
        try (Fd device = Fd.open(node(index), OpenFlags.O_RDONLY)) {
            Errno.check(Libc.ioctl(device.number(), LOOP_SET_CAPACITY, 0), "ioctl LOOP_SET_CAPACITY", node(index));
        }
    }

    /** Attached devices by index, with the file behind each, for files at or below a path. */
    public static SortedMap<Integer, Path> attachedBelow(Path prefix) throws IOException {
        SortedMap<Integer, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> blocks = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
            for (Path block : blocks) {
                Path file = backingFile(block);
                if (file != null && file.startsWith(prefix)) {
                    String index = block.getFileName().toString().substring("loop".length());
                    found.put(Integer.valueOf(index), file);
                }
            }
        }
        return found;
    }

    /** Empty if the node is no loop device, or nothing is attached. */
    public static Optional<Backing> backing(Path node) throws ErrnoException {
        Optional<DeviceNumber> number = DeviceNumber.of(node);
        if (number.isEmpty()
                || number.get().type() != DeviceNumber.Type.BLOCK
                || number.get().major() != MAJOR) {
            return Optional.empty();
        }
        ByteBuffer info = ByteBuffer.allocate(INFO_BYTES).order(ByteOrder.nativeOrder());
        try (Fd device = Fd.open(node, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK)) {
            if (Libc.ioctl(device.number(), LOOP_GET_STATUS64, info.array()) < 0) {
                if (Errno.last() == Errno.ENXIO) {
                    return Optional.empty();
                }
                throw new ErrnoException(Errno.last(), "ioctl LOOP_GET_STATUS64", node.toString());
            }
        }
        long encoded = info.getLong(0); // lo_device, as linux/kdev_t.h packs it; then lo_inode
        long minor = encoded & 0xff | encoded >> 12 & 0xfff00;
        return Optional.of(new Backing((encoded >> 8 & 0xfff) + ":" + minor, info.getLong(Long.BYTES)));
    }

    /**
     * Another loop device in front of the same file that is in use: mounted, or below a mapped device. Each of the two
     * would destroy what the other writes.
     *
     * @param node any device
     */
    public static Optional<Path> rival(Path node) throws IOException {
        Optional<Backing> file = backing(node);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        DeviceNumber own = DeviceNumber.of(node).orElseThrow();
        for (int index : attachedBelow(Path.of("/")).keySet()) {
            Path other = node(index);
            if (isAnother(other, own) && backing(other).equals(file) && BlockDevice.isClaimed(other)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private static boolean isAnother(Path node, DeviceNumber than) throws ErrnoException {
        return Files.exists(node) && !DeviceNumber.of(node).equals(Optional.of(than));
    }

    /** The node of a device, such as {@code /dev/loop3}. */
    public static Path node(int index) {
        return Path.of("/dev/loop" + index);
    }

    private static Path backingFile(Path block) throws IOException {
        try {
            // A deleted file is shown with " (deleted)" behind its path.
            String text = KernelFile.readTrimmed(block.resolve("loop/backing_file"));
            return Path.of(text.replaceFirst(" \\(deleted\\)$", ""));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENXIO || e.errno() == Errno.ENODEV) {
                return null;
            }
            throw e;
        }
    }

    /** Where /dev is not a devtmpfs, no other program makes the node of a new device. */
    private static void makeNodeIfMissing(int index) throws ErrnoException {
        try {
            if (!Files.exists(node(index))) {
                new DeviceNumber(DeviceNumber.Type.BLOCK, MAJOR, index).makeNode(node(index), 0660);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    /** 0 or the reason. */
    private static int configure(Fd device, Fd backing, Path file, boolean readOnly) {
        ByteBuffer config = ByteBuffer.allocate(CONFIG_BYTES).order(ByteOrder.nativeOrder());
        config.putInt(0, backing.number());
        config.putInt(INFO_AT + FLAGS_AT, AUTOCLEAR | (readOnly ? READ_ONLY : 0));
        byte[] name = file.toString().getBytes(UTF_8);
        config.position(INFO_AT + NAME_AT);
        config.put(name, 0, Math.min(name.length, NAME_BYTES - 1));
        if (Libc.ioctl(device.number(), LOOP_CONFIGURE, config.array()) == 0) {
            return 0;
        }
        int errno = Errno.last();
        // Kernels before 5.8 do not know it.
        return errno == Errno.EINVAL || errno == Errno.ENOTTY ? configureInTwoSteps(device, backing, config) : errno;
    }

    private static int configureInTwoSteps(Fd device, Fd backing, ByteBuffer config) {
        if (Libc.ioctl(device.number(), LOOP_SET_FD, backing.number()) < 0) {
            return Errno.last();
        }
        byte[] info = Arrays.copyOfRange(config.array(), INFO_AT, INFO_AT + INFO_BYTES);
        if (Libc.ioctl(device.number(), LOOP_SET_STATUS64, info) == 0) {
            return 0;
        }
        int errno = Errno.last();
        Libc.ioctl(device.number(), LOOP_CLR_FD, 0);
        return errno;
    }
}

package io.fairlead.linux.device;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A block device as sysfs shows it (Documentation/ABI/stable/sysfs-block).
 *
 * @param name the device mapper's for a mapped device, else the kernel's
 * @param node by that name where there is one, which it need not for mapped devices
 * @param partitioned whether the kernel found partitions on it
 * @param held whether another device, such as a RAID or a mapped device, lies on it
 */
public record BlockDevice(String name, Path node, long sizeBytes, boolean readOnly, boolean partitioned, boolean held) {
    private static final Path CLASS = Path.of("/sys/class/block");
    private static final int SECTOR_BYTES = 512; // the unit of sysfs, even for devices with larger sectors

    /** Those with a size and a node, by the kernel's names. */
    public static List<BlockDevice> all() throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(CLASS)) {
            entries = listed.sorted().toList();
        }
        List<BlockDevice> devices = new ArrayList<>();
        for (Path entry : entries) {
            find(entry).ifPresent(devices::add);
        }
        return devices;
    }

    /**
     * Whether the kernel, such as a mounted file system, has the device to itself (open(2), O_EXCL of a block device).
     */
    public static boolean isClaimed(Path device) throws ErrnoException {
        try {
            Fd.open(device, OpenFlags.O_RDONLY | OpenFlags.O_EXCL).close();
            return false;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EBUSY) {
                return true;
            }
            throw e;
        }
    }

    private static Optional<BlockDevice> find(Path entry) throws IOException {
        try {
            return Optional.of(read(entry)).filter(device -> device.sizeBytes > 0 && Files.exists(device.node));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENODEV) {
                return Optional.empty(); // unplugged meanwhile
            }
            throw e;
        } catch (NoSuchFileException e) {
            return Optional.empty(); // the same, told by the other library
        }
    }

    private static BlockDevice read(Path entry) throws IOException {
        // "!" stands for "/" in names of sysfs
        String kernelName = entry.getFileName().toString().replace('!', '/');
        Path mapperName = entry.resolve("dm/name");
        String name = Files.exists(mapperName) ? KernelFile.readTrimmed(mapperName) : kernelName;
        Path mapped = Path.of("/dev/mapper").resolve(name);
        return new BlockDevice(
                name,
                Files.exists(mapped) ? mapped : Path.of("/dev").resolve(kernelName),
                Long.parseLong(KernelFile.readTrimmed(entry.resolve("size"))) * SECTOR_BYTES,
                KernelFile.readTrimmed(entry.resolve("ro")).equals("1"),
                anyIn(entry, child -> Files.exists(child.resolve("partition"))),
                anyIn(entry.resolve("holders"), holder -> true));
    }

    private static boolean anyIn(Path folder, Predicate<Path> test) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false; // a partition has no holders of its own in old kernels
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(
                            child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(child))
                    .anyMatch(test);
        }
    }
}

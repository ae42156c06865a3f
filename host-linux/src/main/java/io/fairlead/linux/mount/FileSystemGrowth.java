package io.fairlead.linux.mount;

import io.fairlead.linux.device.BlockDevice;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a mounted file system fill its device after that has grown, by the file system's own program (packages
 * e2fsprogs, xfsprogs, btrfs-progs). Each waits for it, 10 minutes at most.
 */
public final class FileSystemGrowth {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private FileSystemGrowth() {}

    /**
     * Of a file system that is mounted in our mount namespace.
     *
     * @throws IOException with the program's own words, also for a file system that cannot grow while it is mounted
     */
    public static void fill(FileSystemType type, Path device, Path mounted) throws IOException {
        Optional<List<String>> command = command(type, device, mounted);
        if (command.isEmpty()) {
            throw new IOException("%s cannot grow".formatted(type.kernelName()));
        }
        Command.of(command.get()).within(LIMIT).run().orThrow();
    }

    /**
     * Grows a file system that is mounted in any mount namespace. A device has one file system in the kernel however
     * often it is mounted, so a second, short mount in our namespace is enough.
     *
     * @throws IOException as {@link #fill}; ext4 asks for CAP_SYS_RESOURCE
     * @return false if nothing has grown: it is mounted nowhere for writing, or its kind never grows
     */
    public static boolean fillWhereMounted(Path device) throws IOException {
        if (!BlockDevice.isClaimed(device)) {
            return false;
        }
        Optional<FileSystemType> type = FileSystemType.probe(device);
        if (type.isEmpty() || command(type.get(), device, device).isEmpty()) {
            return false;
        }
        Path folder = Files.createTempDirectory("fairlead-growing-");
        try {
            return fillAt(folder, type.get(), device);
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private static boolean fillAt(Path folder, FileSystemType type, Path device) throws IOException {
        try {
            Mounts.mount(device.toString(), folder, type.kernelName(), Set.of(MountFlag.NO_ATIME), "");
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EBUSY) { // mounted read-only, or claimed by another than a file system
                return false;
            }
            throw e;
        }
        try {
            fill(type, device, folder);
            return true;
        } catch (IOException e) {
            throw new IOException(
                    "%s has grown, but the file system on it cannot: %s".formatted(device, e.getMessage()), e);
        } finally {
            Mounts.unmount(folder);
        }
    }

    private static Optional<List<String>> command(FileSystemType type, Path device, Path mounted) {
        return switch (type) {
            case EXT2, EXT3, EXT4 -> Optional.of(List.of("resize2fs", device.toString()));
            case XFS -> Optional.of(List.of("xfs_growfs", mounted.toString()));
            case BTRFS -> Optional.of(List.of("btrfs", "filesystem", "resize", "max", mounted.toString()));
            case SQUASHFS, EROFS, ISO9660, VFAT -> Optional.empty();
        };
    }
}

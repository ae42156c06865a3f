package io.fairlead.storage.directory;

import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.SparseFile;
import io.fairlead.linux.mount.FileSystemGrowth;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Volumes that are one regular file. */
final class FileVolumes {
    private static final int PRIVATE = 0600;

    private final PoolFolder folder;

    FileVolumes(PoolFolder folder) {
        this.folder = folder;
    }

    void create(VolumeSpec spec) throws IOException {
        make(spec, file -> {
            SparseFile.setLength(file, spec.capacityBytes());
            allocate(file, Math.min(spec.allocationBytes(), spec.capacityBytes()));
        });
    }

    /** Shares the blocks where the file system can; else copies all but the holes. */
    void copy(VolumeSpec spec, Path origin) throws IOException {
        try (Fd from = open(origin, OpenFlags.O_RDONLY)) {
            make(spec, file -> {
                copyContent(from, file);
                SparseFile.setLength(
                        file, Math.max(spec.capacityBytes(), FileStat.of(from).sizeBytes()));
            });
        }
    }

    /** Keeps a volume's present content under another name, where nothing else looks for it. */
    void take(Path file, Path snapshot) throws IOException {
        replace(snapshot, file);
    }

    void revert(Path file, Path snapshot) throws IOException {
        replace(file, snapshot);
    }

    /** The name stands for its old file, if any, or for the whole copy of the other at any moment. */
    private void replace(Path file, Path by) throws IOException {
        try (Fd from = open(by, OpenFlags.O_RDONLY)) {
            FileStat stat = FileStat.of(from);
            Permissions same = new Permissions(
                    OptionalInt.of(stat.mode() & 07777), OptionalInt.of(stat.user()), OptionalInt.of(stat.group()));
            Path copy = fill(same, target -> copyContent(from, target));
            try {
                DurableFile.rename(copy, file);
            } catch (IOException e) {
                Files.deleteIfExists(copy);
                throw e;
            }
        }
    }

    private static void copyContent(Fd from, Fd to) throws IOException {
        if (!SparseFile.share(from, to)) {
            copyData(from, to);
        }
    }

    private static void copyData(Fd from, Fd to) throws IOException {
        SparseFile.setLength(to, FileStat.of(from).sizeBytes());
        try (FileContent source = new FileContent(from.duplicate(), false);
                FileContent target = new FileContent(to.duplicate(), true)) {
            target.fillFrom(source);
        }
    }

    /** Filled under a name that no volume has, then renamed: a crash leaves no half volume. */
    private void make(VolumeSpec spec, Filler filler) throws IOException {
        Path unfinished = fill(spec.permissions(), filler);
        try {
            folder.publish(unfinished, spec.name());
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    private Path fill(Permissions permissions, Filler filler) throws IOException {
        Path unfinished = folder.unfinished();
        int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
        try (Fd file = Fd.open(unfinished, flags, PRIVATE)) {
            folder.markAsBeingMade(file);
            filler.fill(file);
            apply(permissions, unfinished);
            file.sync();
            return unfinished;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    private interface Filler {
        void fill(Fd file) throws IOException;
    }

    void resize(Path file, long capacityBytes, boolean allocate) throws IOException {
        try (Fd fd = open(file, OpenFlags.O_RDWR)) {
            SparseFile.setLength(fd, capacityBytes);
            if (allocate) {
                allocate(fd, capacityBytes);
            }
            fd.sync();
        }
        for (int index : loopDevices(file)) {
            LoopDevices.adoptSize(index); // of a container that uses it as a disk, or mounts it
        }
    }

    void fillMounted(Path file) throws IOException {
        for (int index : loopDevices(file)) {
            FileSystemGrowth.fillWhereMounted(LoopDevices.node(index));
        }
    }

    private static List<Integer> loopDevices(Path file) throws IOException {
        return LoopDevices.attachedBelow(file).entrySet().stream()
                .filter(attached -> attached.getValue().equals(file))
                .map(Map.Entry::getKey)
                .toList();
    }

    void wipe(Path file) throws IOException {
        try (FileContent content = new FileContent(open(file, OpenFlags.O_RDWR), true)) {
            content.overwriteWithZeros();
            content.sync();
        }
    }

    void delete(Path file) throws IOException {
        if (!DurableFile.delete(file)) {
            throw new ErrnoException(Errno.ENOENT, "unlink", file.toString());
        }
    }

    FileContent content(Path file, boolean forWriting, boolean grows) throws IOException {
        return new FileContent(open(file, forWriting ? OpenFlags.O_RDWR : OpenFlags.O_RDONLY), forWriting, grows);
    }

    /** A link put in a volume's place leads nowhere. */
    private static Fd open(Path file, int flags) throws ErrnoException {
        // O_NONBLOCK: a FIFO in its place must not hold us.
        return Fd.open(file, flags | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY);
    }

    private static void allocate(Fd file, long bytes) throws ErrnoException {
        if (bytes == 0) {
            return;
        }
        try {
            SparseFile.allocate(file, bytes);
        } catch (ErrnoException e) {
            // Without it the space is allocated when it is written, as on every file system of that kind.
            if (e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
        }
    }

    static void apply(Permissions permissions, Path path) throws IOException {
        if (permissions.owner().isPresent() || permissions.group().isPresent()) {
            Files.setAttribute(path, "unix:uid", permissions.owner().orElse(0));
            Files.setAttribute(path, "unix:gid", permissions.group().orElse(0));
        }
        if (permissions.mode().isPresent()) {
            Files.setAttribute(path, "unix:mode", permissions.mode().getAsInt());
        }
    }
}

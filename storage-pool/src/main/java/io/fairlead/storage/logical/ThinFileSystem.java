package io.fairlead.storage.logical;

import io.fairlead.linux.device.DeviceNumber;
import io.fairlead.linux.mount.FileSystemType;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.thin.ThinDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The file systems that a tree on a thin device may have, and what each needs there. */
public enum ThinFileSystem {
    EXT4(FileSystemType.EXT4, 1) {
        /** Writes all tables at once: tables that mkfs leaves to the kernel would be written again in every copy. */
        @Override
        List<String> make(Path node) {
            String options = "nodiscard,lazy_itable_init=0,lazy_journal_init=0";
            return List.of("mkfs.ext4", "-q", "-F", "-m", "0", "-E", options, node.toString());
        }

        @Override
        void made(Path root) throws IOException {
            Files.delete(root.resolve("lost+found"));
        }

        /** Read-only without its journal: a replay of the journal would write. */
        @Override
        String options(boolean readOnly) {
            return readOnly ? "noload" : "";
        }
    },

    XFS(FileSystemType.XFS, 300L << 20) {
        @Override
        List<String> make(Path node) {
            return List.of("mkfs.xfs", "-q", "-f", "-K", node.toString());
        }

        /** Every copy has the UUID of its origin, and XFS mounts none twice unless told to. */
        @Override
        String options(boolean readOnly) {
            return readOnly ? "nouuid,norecovery" : "nouuid";
        }

        /** In a full pool XFS would try to write its metadata for ever (Documentation/admin-guide/xfs.rst). */
        @Override
        void mounted(Path node) throws IOException {
            DeviceNumber number = DeviceNumber.of(node)
                    .orElseThrow(() -> new IOException("%s is no device any more".formatted(node)));
            Path device = Path.of("/sys/dev/block/%d:%d".formatted(number.major(), number.minor()))
                    .toRealPath();
            Path retries = Path.of("/sys/fs/xfs", device.getFileName().toString(), "error/metadata/ENOSPC/max_retries");
            KernelFile.write(retries, "0");
        }
    };

    private final FileSystemType type;
    private final long sizeBytesMin;

    /** @param sizeBytesMin below which its mkfs refuses (xfsprogs 6.1) */
    ThinFileSystem(FileSystemType type, long sizeBytesMin) {
        this.type = type;
        this.sizeBytesMin = sizeBytesMin;
    }

    /** The word that is recorded as a device's content. */
    String kernelName() {
        return type.kernelName();
    }

    FileSystemType type() {
        return type;
    }

    long sizeBytesMin() {
        return sizeBytesMin;
    }

    /** The one on a device; empty if that is no tree. */
    static Optional<ThinFileSystem> on(ThinDevice device) {
        return Stream.of(values())
                .filter(tree -> tree.kernelName().equals(device.content()))
                .findFirst();
    }

    /** The command that makes it, without discarding: a new device has nothing to discard. */
    abstract List<String> make(Path node);

    /** Further one-time preparation of a new file system; its copies inherit it. */
    void made(Path root) throws IOException {
        // most need nothing
    }

    abstract String options(boolean readOnly);

    /** After each mount. */
    void mounted(Path node) throws IOException {
        // most need nothing
    }
}

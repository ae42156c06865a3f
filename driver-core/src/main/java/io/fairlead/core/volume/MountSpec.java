package io.fairlead.core.volume;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * How a volume that is ready for a guest is to be used.
 *
 * @param path a folder, a file or a device node in the daemon's own view of the file system
 */
public record MountSpec(Kind kind, Path path) {
    public enum Kind {
        /** A folder, bound into the guest. */
        TREE,
        /** A regular file with bytes of the guest's own, such as a file system. */
        FILE,
        /** A block device. */
        BLOCK
    }

    public MountSpec {
        requireNonNull(kind, "kind");
        requireNonNull(path, "path");
    }
}

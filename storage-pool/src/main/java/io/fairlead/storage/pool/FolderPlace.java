package io.fairlead.storage.pool;

import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a folder lies, to tell whether it lies in another one.
 *
 * @param real its path without links
 * @param fileSystem {@code major:minor}
 * @param inside its path within that file system, which is the same through every mount of it
 */
record FolderPlace(Path real, String fileSystem, Path inside) {

    /** Of a folder that need not be there yet. */
    static FolderPlace of(Path folder, MountTable mounts) throws IOException {
        Path real = real(folder);
        MountEntry mount = mounts.holding(real).orElseThrow(() -> new IOException("no mount has " + folder));
        Path inside =
                Path.of(mount.root()).resolve(mount.target().relativize(real).toString());
        return new FolderPlace(real, mount.device(), inside);
    }

    private static Path real(Path folder) throws IOException {
        Path there = folder;
        while (there.getParent() != null && !there.toFile().exists()) {
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(folder).toString()).normalize();
    }

    /**
     * The name of the entry of this folder that the other lies in or is; empty if it lies elsewhere, or is this folder.
     */
    Optional<String> entryWith(FolderPlace other) {
        return entry(real, other.real)
                .or(() -> fileSystem.equals(other.fileSystem) ? entry(inside, other.inside) : Optional.empty());
    }

    private static Optional<String> entry(Path outer, Path inner) {
        boolean below = inner.startsWith(outer) && inner.getNameCount() > outer.getNameCount();
        return below ? Optional.of(inner.getName(outer.getNameCount()).toString()) : Optional.empty();
    }
}

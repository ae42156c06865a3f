package io.fairlead.linux.cgroup;

import java.nio.file.Path;
import java.util.Set;

/**
 * One mounted cgroup tree.
 *
 * @param version 1 or 2
 * @param mountPoint where it is mounted
 * @param root the group that is mounted there: {@code /}, or deeper for a host that is itself contained
 * @param controllers such as {@code memory}; v1 trees without a controller have their name: {@code name=systemd}
 */
public record Hierarchy(int version, Path mountPoint, String root, Set<String> controllers) {
    public Hierarchy {
        controllers = Set.copyOf(controllers);
    }

    /** The folder of a group. @param path begins with a slash; counted from the mount point */
    public Path folder(String path) {
        return mountPoint.resolve(path.substring(1));
    }

    public boolean unified() {
        return version == 2;
    }
}

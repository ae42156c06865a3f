package io.fairlead.linux.mount;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The places where this process has mounted something for itself, such as a pool. There, and only there, its own mount
 * namespace counts more than the host's ({@link HostMounts}). {@link Mounts} keeps it. Safe for concurrent use.
 */
public final class OwnMounts {
    private static final ConcurrentSkipListSet<Path> TARGETS = new ConcurrentSkipListSet<>();

    private OwnMounts() {}

    /** To be called where a program of ours has mounted something; else {@link Mounts} does. */
    public static void made(Path target) {
        try {
            TARGETS.add(target.toRealPath());
        } catch (IOException e) {
            TARGETS.add(target.toAbsolutePath().normalize()); // another process has just unmounted or moved it
        }
    }

    static void gone(Path target) {
        if (TARGETS.isEmpty()) {
            return;
        }
        Path absolute = target.toAbsolutePath();
        TARGETS.remove(absolute);
        try {
            TARGETS.remove(absolute.getParent().toRealPath().resolve(absolute.getFileName()));
        } catch (IOException e) {
            TARGETS.remove(absolute.normalize()); // its folder is gone, too
        }
    }

    static boolean any() {
        return !TARGETS.isEmpty();
    }

    /** Whether a path without links is at or below one of them. */
    static boolean hold(Path real) {
        for (Path path = real; path != null; path = path.getParent()) {
            if (TARGETS.contains(path)) {
                return true;
            }
        }
        return false;
    }

    /** Those below a path without links, outer ones first. */
    static List<Path> below(Path real) {
        return TARGETS.stream()
                .filter(target -> target.startsWith(real) && !target.equals(real))
                .toList();
    }
}

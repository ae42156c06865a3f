package io.fairlead.storage.directory;

import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Path;

/** Volumes that are a tree of files, in the way the pool's file system offers. Paths are those of volumes in the pool. */
interface Trees {
    /** Finishes or removes what a crash left, and makes every tree usable. */
    void start() throws IOException;

    void create(VolumeSpec spec) throws IOException;

    /** Takes milliseconds, whatever the origin holds. */
    void copy(VolumeSpec spec, Path origin) throws IOException;

    /** @param bytes 0 for no limit */
    void limit(Path tree, long bytes) throws IOException;

    Size size(Path tree) throws IOException;

    /** A folder that is not a tree of ours goes only when it is empty: somebody else made it. */
    void delete(Path tree) throws IOException;

    /** Makes trees unusable, for the pool's end. */
    void stop() throws IOException;

    /** @param limitBytes 0 for none */
    record Size(long limitBytes, long usedBytes) {
        static final Size UNKNOWN = new Size(0, 0);
    }
}

package io.fairlead.storage.directory;

import io.fairlead.linux.sys.Fd;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Volumes that are a tree of files, in the way the pool's file system offers. Paths are those of volumes in the pool.
 */
interface Trees {
    /** Finishes or removes the remains of a crash, and makes every tree usable. */
    void start() throws IOException;

    void create(VolumeSpec spec) throws IOException;

    /**
     * Takes milliseconds, however much the origin holds.
     *
     * @param active whether a guest may be using the origin, or about to
     */
    void copy(VolumeSpec spec, Path origin, boolean active) throws IOException;

    /** Makes a tree usable for a container, now and after every end of its last user. */
    void activate(Path tree) throws IOException;

    /**
     * Keeps the tree's present content as a snapshot.
     *
     * @param active whether a guest may be using the tree, or about to
     */
    void take(Path tree, String snapshot, boolean active) throws IOException;

    /** Gives an inactive tree the content of a snapshot, and the size it had then. */
    void revert(Path tree, Path snapshot) throws IOException;

    void deleteSnapshot(Path tree, String snapshot) throws IOException;

    /** Work in a tree that no other thread or process can reach. */
    interface Filling {
        /** @param top of the tree */
        void fill(Fd top) throws IOException;
    }

    /**
     * Keeps the tree's present content as a layer, as {@link #take}.
     *
     * @param layer that does not exist, and that no other call works on; so for the next
     */
    void freeze(Path tree, String layer, boolean active) throws IOException;

    /**
     * Makes a layer.
     *
     * @param parent the folder of the layer that it begins as, which stays for the while; empty to begin empty
     * @param filling gives it its content
     */
    void build(String layer, Optional<Path> parent, Filling filling) throws IOException;

    /** Makes a tree with the content of a layer, which stays for the while. */
    void compose(VolumeSpec spec, Path layer) throws IOException;

    void deleteLayer(Path layer) throws IOException;

    /** @param bytes 0 for no limit */
    void limit(Path tree, long bytes) throws IOException;

    Size size(Path tree) throws IOException;

    /** With its snapshots. A folder that is not a tree of ours goes only when it is empty: another program made it. */
    void delete(Path tree) throws IOException;

    /** Whether the folder is a tree of ours, which goes with all it holds. False if there is none. */
    boolean owns(Path tree) throws IOException;

    /** Removes all records of a tree whose folder is gone. */
    void forget(Path tree) throws IOException;

    /** Makes trees unusable, for the pool's end. */
    void stop() throws IOException;

    /** @param limitBytes 0 for none */
    record Size(long limitBytes, long usedBytes) {
        static final Size UNKNOWN = new Size(0, 0);
    }
}

package io.fairlead.kit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Reads and changes the state directory. Each change happens wholly or not at all, whenever the daemon dies. Except
 * for {@link #put} and {@link #remove}, it is also durable once the method returns: a power cut cannot undo it.
 */
public interface StateFiles {
    /** Creates or replaces a file. If this throws, the old content is still there. */
    void write(Path file, byte[] content) throws IOException;

    /**
     * Creates a file, or replaces an existing one. Quicker than {@link #write}: in return, a power cut before this
     * returns may leave the file empty or cut off. The death of the daemon may not.
     */
    void create(Path file, byte[] content) throws IOException;

    /** Removes a file; a missing one is no error. */
    void delete(Path file) throws IOException;

    /**
     * Creates or replaces a file without waiting for the disk. A power cut within the next minute may leave the old
     * content, an empty file, or none.
     */
    void put(Path file, byte[] content) throws IOException;

    /** Removes a file without waiting for the disk; a missing one is no error. A power cut may bring it back. */
    void remove(Path file) throws IOException;

    boolean exists(Path file);

    byte[] read(Path file) throws IOException;

    /** The names of all entries of a directory, in no order. */
    Set<String> names(Path directory) throws IOException;
}

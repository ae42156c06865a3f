package io.fairlead.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The acts on the state directory, and what they have made. Each happens wholly or not at all, and is durable once it returns. */
public interface StateFiles {
    /** Creates or replaces a file. If it fails, the old content is still there. */
    void write(Path file, byte[] content) throws IOException;

    /**
     * Creates a file that is not there yet, and replaces one that is. Quicker than {@link #write}; in return a power cut, no
     * death of the daemon, may leave the file there and empty, or cut off, if it comes before this returns.
     */
    void create(Path file, byte[] content) throws IOException;

    /** Removes a file; one that is not there is no error. */
    void delete(Path file) throws IOException;

    boolean exists(Path file);

    byte[] read(Path file) throws IOException;

    /** The names of all that lies in a directory, in no order. */
    Set<String> names(Path directory) throws IOException;
}

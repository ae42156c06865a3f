package io.fairlead.core.store;

import java.io.IOException;
import java.nio.file.Path;

/** The two acts on the state directory. Each happens wholly or not at all, and is durable once it returns. */
public interface StateFiles {
    /** Creates or replaces a file. If it fails, the old content is still there. */
    void write(Path file, byte[] content) throws IOException;

    /** Removes a file; one that is not there is no error. */
    void delete(Path file) throws IOException;
}

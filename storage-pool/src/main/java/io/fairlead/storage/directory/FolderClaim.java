package io.fairlead.storage.directory;

import io.fairlead.linux.file.LockFile;
import java.io.IOException;
import java.nio.file.Path;

/** One pool's hold on its folder: a lock that all daemons of this host know, and that ends with the process. */
final class FolderClaim implements AutoCloseable {
    private final Path file;
    private final Runnable forget;
    private LockFile lock; // guarded by this; null after close

    FolderClaim(Path file, Runnable forget) {
        this.file = file;
        this.forget = forget;
    }

    /** False if another daemon holds it. */
    synchronized boolean lock() throws IOException {
        lock = LockFile.tryLockPassing(file).orElse(null);
        return lock != null;
    }

    /** Harmless when it is closed already. */
    @Override
    public synchronized void close() {
        forget.run();
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}

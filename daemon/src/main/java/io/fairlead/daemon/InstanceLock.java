package io.fairlead.daemon;

import io.fairlead.daemon.config.ConfigException;
import io.fairlead.linux.file.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lock that makes this process the only daemon of an instance, and a file with its pid. */
final class InstanceLock implements AutoCloseable {
    private static final String LOCK = "daemon.lock";
    private static final String PID = "daemon.pid";

    private final LockFile lock;
    private final Path pidFile;

    private InstanceLock(LockFile lock, Path pidFile) {
        this.lock = lock;
        this.pidFile = pidFile;
    }

    /** @throws ConfigException if another daemon uses this folder */
    static InstanceLock take(Path run) throws IOException {
        Path pidFile = run.resolve(PID);
        LockFile lock = LockFile.tryLock(run.resolve(LOCK))
                .orElseThrow(() -> new ConfigException("another daemon%s works in %s".formatted(pidIn(pidFile), run)));
        try {
            Files.writeString(pidFile, "%d%n".formatted(ProcessHandle.current().pid()));
            return new InstanceLock(lock, pidFile);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static String pidIn(Path pidFile) {
        try {
            return " (pid %s)".formatted(Files.readString(pidFile).strip());
        } catch (IOException e) {
            return ""; // the other daemon has not written it yet
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(pidFile);
        lock.close();
    }
}

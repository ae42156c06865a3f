package io.fairlead.linux.cgroup;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Freezing: {@code freezer.state} of v1, {@code cgroup.freeze} of v2 (kernel 5.2). */
final class CgroupFreezer {
    /**
     * A process with several threads that is in the middle of execve waits for the others to die, and in v1 a stopped
     * thread does not: only letting all go for a moment helps.
     */
    private static final int ATTEMPTS_PER_THAW = 5;

    private final Cgroup group;
    private final boolean unified;
    private final Path folder;

    CgroupFreezer(CgroupLayout layout, Cgroup group) {
        this.group = group;
        this.unified = layout.unified();
        this.folder = unified
                ? layout.hierarchies().get(0).folder(group.path())
                : group.folder("freezer").orElse(null);
    }

    boolean available() {
        return folder != null;
    }

    void freeze(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        Backoff backoff = new Backoff(deadline);
        int attempts = 0;
        do {
            if (!unified && ++attempts % ATTEMPTS_PER_THAW == 0) {
                write(false);
            }
            // Written again each time: v1 can stay at FREEZING when a process forks at the wrong moment.
            write(true);
            if (allStopped()) {
                return;
            }
        } while (backoff.pause());
        thaw();
        throw new ErrnoException(Errno.ETIMEDOUT, "freeze", group.toString());
    }

    void thaw() throws IOException {
        write(false);
    }

    boolean frozen() throws IOException {
        require();
        return unified
                ? KernelFile.readTrimmed(folder.resolve("cgroup.freeze")).equals("1")
                : !KernelFile.readTrimmed(folder.resolve("freezer.state")).equals("THAWED");
    }

    private void write(boolean freeze) throws IOException {
        require();
        if (unified) {
            KernelFile.write(folder.resolve("cgroup.freeze"), freeze ? "1" : "0");
        } else {
            KernelFile.write(folder.resolve("freezer.state"), freeze ? "FROZEN" : "THAWED");
        }
    }

    private boolean allStopped() throws IOException {
        return unified
                ? KernelFile.readLines(folder.resolve("cgroup.events")).contains("frozen 1")
                : KernelFile.readTrimmed(folder.resolve("freezer.state")).equals("FROZEN");
    }

    private void require() throws ErrnoException {
        if (folder == null) {
            throw new ErrnoException(Errno.EOPNOTSUPP, "freeze", group + ": no freezer controller is mounted");
        }
    }
}

package io.fairlead.backend.launch;

import io.fairlead.linux.process.ProcessStat;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells when a runtime's init has become the guest's first program. Until then a signal finds the runtime's own handlers; those of runc, a program
 * of Go, end a process 1 with status 2.
 */
final class FirstProgram {
    private static final long PAUSE_NANOS = 50_000;

    private final int init;
    private final String runtime;

    /** @param init the host's pid of an init that waits at its gate */
    FirstProgram(int init) throws IOException {
        this.init = init;
        this.runtime = commandLine();
    }

    /** Waits until it runs, or has ended already, or the time is up. */
    void await(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!hasBegun() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * In execve the kernel takes the old memory away, then closes files, then resets signals, and at last notes where the new arguments are
     * (fs/exec.c and fs/binfmt_elf.c): meanwhile the command line is empty, as that of a zombie is.
     */
    private boolean hasBegun() throws IOException {
        try {
            String now = commandLine();
            return now.isEmpty() ? !ProcessStat.read(init).alive() : !now.equals(runtime);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH) {
                return true; // it has come and gone
            }
            throw e;
        }
    }

    private String commandLine() throws IOException {
        return KernelFile.read(Path.of("/proc/" + init + "/cmdline"));
    }
}

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
 * Tells when a runtime's init has become the guest's first program. Until then a signal runs the runtime's own
 * handlers. Those of runc, a Go program, end a process 1 with status 2.
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

    /** Waits until the program runs or has ended, or until the time is up. */
    void await(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!hasBegun() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * In execve the kernel first removes the old memory, then closes files, then resets signals, and at last records
     * the place of the new arguments (fs/exec.c and fs/binfmt_elf.c). Meanwhile the command line is empty, like that of
     * a zombie.
     */
    private boolean hasBegun() throws IOException {
        try {
            String now = commandLine();
            return now.isEmpty() ? !ProcessStat.read(init).alive() : !now.equals(runtime);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH) {
                return true; // it has run and ended already
            }
            throw e;
        }
    }

    private String commandLine() throws IOException {
        return KernelFile.read(Path.of("/proc/" + init + "/cmdline"));
    }
}

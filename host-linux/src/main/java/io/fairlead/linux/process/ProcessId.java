package io.fairlead.linux.process;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;

/**
 * One process and no other: the kernel hands a pid out again, but not with the same start time.
 *
 * @param startTicks as in {@link ProcessStat}; only comparable within one {@link ProcessTable#bootId() boot}
 */
public record ProcessId(int pid, long startTicks) {
    public ProcessId {
        if (pid <= 0) {
            throw new IllegalArgumentException("pid: %d (expected: above 0)".formatted(pid));
        }
    }

    /** The process that has this pid now. @throws ErrnoException ENOENT if there is none */
    public static ProcessId of(int pid) throws IOException {
        return new ProcessId(pid, ProcessStat.read(pid).startTicks());
    }

    /** A zombie counts as dead. */
    public boolean isAlive() {
        try {
            ProcessStat stat = ProcessStat.read(pid);
            return stat.startTicks() == startTicks && stat.alive();
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH) {
                return false;
            }
            throw new java.io.UncheckedIOException(e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "pid " + pid + " started at " + startTicks;
    }
}

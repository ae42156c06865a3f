package io.fairlead.linux.process;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Libc;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

/** A child of ours, started by {@link Spawn}. The caller must wait for it, or the kernel keeps its entry. */
public final class SpawnedProcess implements AutoCloseable {
    private static final int SIGKILL = 9;

    private final int pid;
    private final String name;
    private final Pidfd pidfd;
    private Integer status;

    private SpawnedProcess(int pid, String name, Pidfd pidfd) {
        this.pid = pid;
        this.name = name;
        this.pidfd = pidfd;
    }

    /** The pid cannot be reused before we have waited for it, so opening its pidfd now is safe. */
    static SpawnedProcess adopt(int pid, String name) throws ErrnoException {
        try {
            return new SpawnedProcess(pid, name, Pidfd.open(pid));
        } catch (ErrnoException e) {
            Libc.kill(-pid, SIGKILL);
            Libc.waitpid(pid, new int[1], 0);
            throw e;
        }
    }

    public int pid() {
        return pid;
    }

    /** For poll; readable once it has ended. */
    public int pidfd() {
        return pidfd.number();
    }

    /**
     * Waits for its end and frees its entry.
     *
     * @return its exit status, 128 + the signal that killed it, or empty when the time ran out
     */
    public OptionalInt waitFor(Duration limit) throws IOException {
        if (!ended() && !pidfd.awaitExit(limit)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(reap());
    }

    /** Kills it and the process group it leads, and waits for it. Harmless after its end. */
    public synchronized void kill() throws IOException {
        if (!ended()) {
            killGroup();
            reap();
        }
    }

    /** Kills it and the process group it leads, and does not wait. Harmless after its end. */
    synchronized void killGroup() throws IOException {
        if (!ended()) {
            Libc.kill(-pid, SIGKILL);
            pidfd.signal(SIGKILL);
        }
    }

    private synchronized boolean ended() {
        return status != null;
    }

    private synchronized int reap() throws IOException {
        if (status == null) {
            int[] raw = new int[1];
            int result;
            do {
                result = Libc.waitpid(pid, raw, 0);
            } while (result < 0 && Errno.last() == Errno.EINTR);
            Errno.check(result, "waitpid", name + " (pid " + pid + ")");
            status = exitStatus(raw[0]);
            pidfd.close();
        }
        return status;
    }

    private static int exitStatus(int raw) {
        int signal = raw & 0x7f;
        return signal == 0 ? (raw >> 8) & 0xff : 128 + signal;
    }

    /** Kills the process if it still runs. */
    @Override
    public void close() throws IOException {
        kill();
    }
}

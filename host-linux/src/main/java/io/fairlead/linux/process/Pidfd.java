package io.fairlead.linux.process;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.Poll;
import java.io.IOException;
import java.time.Duration;

/** A grip on one process, whether our child or not, that pid reuse cannot divert (kernel 5.3). */
public final class Pidfd implements AutoCloseable {
    // Numbers from 424 on are the same on every architecture.
    private static final int SYS_PIDFD_SEND_SIGNAL = 424;
    private static final int SYS_PIDFD_OPEN = 434;

    private final Fd fd;
    private final int pid;

    private Pidfd(Fd fd, int pid) {
        this.fd = fd;
        this.pid = pid;
    }

    /**
     * The process that has this pid now.
     *
     * @throws ErrnoException ESRCH if there is none
     */
    public static Pidfd open(int pid) throws ErrnoException {
        long number = Errno.check(Libc.syscall(SYS_PIDFD_OPEN, pid, 0, 0, 0, 0), "pidfd_open", "pid " + pid);
        return new Pidfd(new Fd((int) number, "pid " + pid), pid);
    }

    /**
     * That very process.
     *
     * @throws ErrnoException ESRCH if it has ended, also when its pid belongs to another now
     */
    public static Pidfd open(ProcessId id) throws IOException {
        Pidfd pidfd = open(id.pid());
        // Compared after opening: if the times agree now, the descriptor cannot be of a later process.
        try {
            if (ProcessStat.read(id.pid()).startTicks() == id.startTicks()) {
                return pidfd;
            }
        } catch (ErrnoException e) {
            pidfd.close();
            if (e.errno() != Errno.ENOENT && e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
        pidfd.close();
        throw new ErrnoException(Errno.ESRCH, "pidfd_open", id.toString());
    }

    /** @throws ErrnoException ESRCH if it has ended */
    public void signal(int signal) throws ErrnoException {
        long result = Libc.syscall(SYS_PIDFD_SEND_SIGNAL, fd.number(), signal, 0, 0, 0);
        Errno.check(result, "pidfd_send_signal", "pid " + pid);
    }

    /** Waits for its end. False when the time ran out first. */
    public boolean awaitExit(Duration limit) throws ErrnoException {
        return Poll.await(fd.number(), Poll.POLLIN, limit) != 0;
    }

    public int pid() {
        return pid;
    }

    /** For epoll and similar calls; this object still closes it. */
    public int number() {
        return fd.number();
    }

    @Override
    public void close() {
        fd.close();
    }
}

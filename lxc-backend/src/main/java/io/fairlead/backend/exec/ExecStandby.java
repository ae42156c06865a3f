package io.fairlead.backend.exec;

import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.kit.error.EngineException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor on standby of one guest: after a process was started in it, another start is likely, such as the next
 * check of its health. The monitor waits for one with the same kind of streams, and is ended if none comes.
 *
 * <p>Safe for concurrent use; the monitor is made on a thread of its own.
 */
final class ExecStandby implements AutoCloseable {
    /** Longer than the usual time between two checks of a container's health. */
    static final Duration WAITS = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(ExecStandby.class);

    private final ExecGuest guest;
    private final ExecStarter starter;
    private final ScheduledExecutorService maker;
    private final Semaphore free;
    private WaitingExec ready; // guarded by this, like all fields below
    private boolean making;
    private boolean closed;

    /** @param free one permit for each monitor that may be on standby in this instance */
    ExecStandby(ExecGuest guest, ExecStarter starter, ScheduledExecutorService maker, Semaphore free) {
        this.guest = guest;
        this.starter = starter;
        this.maker = maker;
        this.free = free;
    }

    /** The ready monitor if it fits; null otherwise. The caller owns it then. */
    WaitingExec take(MonitorShape shape) {
        WaitingExec taken = remove(null);
        if (taken == null) {
            return null;
        }
        try {
            if (taken.fits(shape)) {
                return taken;
            }
        } catch (IOException e) {
            log.warn("the monitor on standby of domain {} cannot be used: {}", guest.name(), e.getMessage());
        }
        discard(taken);
        return null;
    }

    /** Has a monitor for such streams made, unless there is one. */
    synchronized void want(MonitorShape shape) {
        if (closed || making || ready != null || !free.tryAcquire()) {
            return;
        }
        making = true;
        try {
            maker.execute(() -> make(shape));
        } catch (RejectedExecutionException e) {
            making = false; // the daemon is closing
            free.release();
        }
    }

    private void make(MonitorShape shape) {
        WaitingExec made = null;
        try {
            made = starter.waiting(guest, shape);
        } catch (IOException | EngineException e) {
            log.warn("domain {}: no monitor on standby for processes: {}", guest.name(), e.getMessage());
        }
        if (!keep(made) && made != null) {
            discard(made);
        }
        if (made != null) {
            expire(made);
        }
    }

    private synchronized boolean keep(WaitingExec made) {
        making = false;
        if (made == null || closed) {
            free.release();
            return false;
        }
        ready = made;
        return true;
    }

    private void expire(WaitingExec made) {
        try {
            maker.schedule(
                    () -> {
                        if (remove(made) != null) {
                            discard(made);
                        }
                    },
                    WAITS.toSeconds(),
                    TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the daemon is closing, which ends monitors on standby", e);
        }
    }

    /** @param only the one that is meant; null for any */
    private synchronized WaitingExec remove(WaitingExec only) {
        WaitingExec present = ready;
        if (present == null || only != null && present != only) {
            return null;
        }
        ready = null;
        free.release();
        return present;
    }

    private void discard(WaitingExec waiting) {
        try {
            starter.discard(guest, waiting);
        } catch (IOException e) {
            log.warn("the monitor on standby of domain {} cannot be ended: {}", guest.name(), e.getMessage());
        }
    }

    /** Ends the monitor. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        WaitingExec left = remove(null);
        if (left != null) {
            discard(left);
        }
    }
}

package io.fairlead.thin;

import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.linux.dm.DeviceMapper;
import io.fairlead.linux.dm.DmEvents;
import io.fairlead.linux.sys.ErrnoException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a pool's level changes. The kernel's event at low water comes once per resume and may be lost, so status
 * is also read every few seconds. One thread of its own per pool, on which the listener is called.
 */
public final class ThinPoolWatcher implements AutoCloseable {
    /** Gets every change of level, with the numbers that caused it; at first any level but NORMAL. */
    public interface Listener {
        void levelChanged(PoolLevel before, PoolLevel now, ThinPoolStatus status);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ThinPoolWatcher.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /** How long a wait for the kernel may keep the thread from seeing that it is to end. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    /**
     * The kernel tells of every device that is made or removed, of any pool: those of a burst are looked at together.
     */
    private static final Duration REST = Duration.ofMillis(100);

    private final ThinPool pool;
    private final Listener listener;
    private final DmEvents events;
    private volatile boolean closed;
    private PoolLevel level = PoolLevel.NORMAL;
    private boolean failing;

    /** Begins to watch. */
    public ThinPoolWatcher(ThinPool pool, DeviceMapper deviceMapper, Listener listener) throws ErrnoException {
        this.pool = pool;
        this.listener = listener;
        this.events = deviceMapper.events();
        DaemonThreads.named("thin-watch-" + pool.config().dmName(), this::watch).start();
    }

    private void watch() {
        try (events) {
            while (!closed) {
                look();
                LockSupport.parkNanos(REST.toNanos());
                awaitEventOrInterval();
            }
        } catch (ErrnoException e) {
            LOG.error("thin pool {} is no longer watched", pool.config().dmName(), e);
        }
    }

    private void awaitEventOrInterval() throws ErrnoException {
        long end = System.nanoTime() + INTERVAL.toNanos();
        while (!closed && !events.await(WAIT) && System.nanoTime() < end) {
            // Waits in short turns, to see that it is closed.
        }
    }

    private void look() {
        try {
            ThinPoolStatus status = pool.status();
            PoolLevel now = PoolLevel.of(status, level);
            if (now != level && !closed) {
                PoolLevel before = level;
                level = now;
                listener.levelChanged(before, now, status);
            }
            failing = false;
        } catch (RuntimeException e) {
            // Logged once: the next look may succeed, and a pool that was taken down needs no more watching.
            if (!failing && !closed) {
                LOG.warn("cannot read the status of thin pool {}", pool.config().dmName(), e);
            }
            failing = true;
        }
    }

    /** Ends soon; a call of the listener may still be under way. */
    @Override
    public void close() {
        closed = true;
    }
}

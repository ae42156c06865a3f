package io.fairlead.thin;

import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.linux.sys.ErrnoException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes devices marked REMOVING that were still in use, or could not be removed at once. Tries again, less and less
 * often, on one thread, until it works. No caller waits for it.
 */
final class ThinReaper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThinReaper.class);
    private static final long FIRST_MILLIS = 100;
    private static final long LAST_MILLIS = Duration.ofSeconds(30).toMillis();

    private final ThinMapping mapping;
    private final ThinRecords records;
    private final Map<Integer, ThinDevice> pending = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor executor;

    ThinReaper(String poolName, ThinMapping mapping, ThinRecords records) {
        this.mapping = mapping;
        this.records = records;
        ThreadFactory threads = work -> DaemonThreads.named("thin-reaper-" + poolName, work);
        // While we close, a later try is left to the next start.
        executor = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Tries now on the calling thread, and later on the reaper's own thread if that fails. The record says REMOVING
     * already.
     */
    void remove(ThinDevice device) {
        if (!removed(device)) {
            pending.put(device.deviceId(), device);
            schedule(device, FIRST_MILLIS);
        }
    }

    /** How many devices wait for their removal. */
    int pending() {
        return pending.size();
    }

    private void schedule(ThinDevice device, long delayMillis) {
        executor.schedule(() -> retry(device, delayMillis), delayMillis, TimeUnit.MILLISECONDS);
    }

    private void retry(ThinDevice device, long delayMillis) {
        if (removed(device)) {
            pending.remove(device.deviceId());
        } else {
            schedule(device, Math.min(2 * delayMillis, LAST_MILLIS));
        }
    }

    /** Repeating any part of it is harmless. */
    private boolean removed(ThinDevice device) {
        try {
            mapping.unmapId(device);
            mapping.deleteId(device.deviceId());
            records.remove(device.deviceId());
            return true;
        } catch (ErrnoException | ThinPoolException e) {
            LOG.debug("thin device {} (id {}) stays to be removed", device.name(), device.deviceId(), e);
            return false;
        }
    }

    /** Stops trying; the next start of the pool goes on. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("a removal of a thin device is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

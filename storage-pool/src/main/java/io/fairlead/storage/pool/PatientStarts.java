package io.fairlead.storage.pool;

import io.fairlead.kit.thread.DaemonThreads;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts several pools. Pools on other hosts start beside the rest, and the daemon waits only a moment for a silent
 * host. Its pool comes up when the host answers, or not at all.
 */
final class PatientStarts {
    private static final Logger LOG = LoggerFactory.getLogger(PatientStarts.class);

    private final Map<String, Thread> remote = new LinkedHashMap<>();

    /** @param start throws nothing */
    void run(String pool, boolean isRemote, Runnable start) {
        if (!isRemote) {
            start.run();
            return;
        }
        Thread thread = DaemonThreads.named("pool-start", start);
        thread.start();
        remote.put(pool, thread);
    }

    /** Until all are done, or so much time has passed. */
    void await(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        remote.forEach((pool, thread) -> {
            if (!isDone(thread, end)) {
                LOG.warn("the host of pool '{}' does not answer; going on without it for now", pool);
            }
        });
    }

    private static boolean isDone(Thread thread, long end) {
        try {
            thread.join(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()))
                    .toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}

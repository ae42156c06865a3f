package io.fairlead.storage.pool;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.linux.process.ThreadPriority;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives active pools back the space that the file systems on their volumes have freed, at intervals, one pool after the
 * other. Runs on one thread of its own, of the lowest priority. The time of the last trim survives the daemon as the
 * time of a file.
 */
public final class PoolTrimmer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoolTrimmer.class);
    /** A host that has just started has better things to do. */
    private static final Duration SETTLE = Duration.ofMinutes(10);

    private final PoolRegistry registry;
    private final Path mark;
    private final Duration interval;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> DaemonThreads.named("trim", () -> lowered(work)));

    /**
     * Begins to wait for the first time.
     *
     * @param mark its time is when pools were last trimmed
     * @param interval zero for never
     */
    public PoolTrimmer(PoolRegistry registry, Path mark, Duration interval) throws IOException {
        this.registry = registry;
        this.mark = mark;
        this.interval = interval;
        if (!interval.isZero()) {
            schedule(firstWait());
        }
    }

    private static void lowered(Runnable work) {
        try {
            ThreadPriority.lowerOwnToLowest();
        } catch (ErrnoException e) {
            LOG.warn("trimming goes on at normal priority", e);
        }
        work.run();
    }

    private Duration firstWait() throws IOException {
        if (!Files.exists(mark)) {
            Files.createFile(mark);
        }
        Instant due = Files.getLastModifiedTime(mark).toInstant().plus(interval);
        Duration wait = Duration.between(Instant.now(), due);
        Duration settle = SETTLE.compareTo(interval) < 0 ? SETTLE : interval;
        if (wait.compareTo(interval) > 0) {
            return interval; // the host's clock was ahead
        }
        return wait.compareTo(settle) < 0 ? settle : wait;
    }

    private void schedule(Duration wait) {
        thread.schedule(this::trimAndWait, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void trimAndWait() {
        for (Pool pool : registry.all()) {
            if (thread.isShutdown()) {
                return;
            }
            trim(pool);
        }
        try {
            Files.setLastModifiedTime(mark, FileTime.from(Instant.now()));
        } catch (IOException e) {
            LOG.warn("cannot note when pools were trimmed; they may be again at the next start", e);
        }
        if (!thread.isShutdown()) {
            schedule(interval);
        }
    }

    private static void trim(Pool pool) {
        PoolStatus status = pool.status();
        if (!status.active()) {
            return;
        }
        try {
            long before = status.backend().usage().allocationBytes();
            status.backend().trim();
            long gained = before - status.backend().usage().allocationBytes();
            LOG.info("pool '{}' trimmed: {} MiB less in use", pool.name(), Math.max(0, gained) >> 20);
        } catch (EngineException e) {
            // It may have been stopped meanwhile; if not, the next turn comes.
            LOG.warn("pool '{}' cannot be trimmed: {}", pool.name(), e.getMessage(), e);
        }
    }

    /** A trim under way ends with the process; space already given back stays so. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}

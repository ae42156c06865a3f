package io.fairlead.backend.launch;

import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.kit.thread.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a monitor on standby for each shape that is used, and starts the next one as soon as it is taken. A launch that
 * finds none starts its own monitor. Safe for concurrent use.
 */
final class StandbyMonitors implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StandbyMonitors.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    /**
     * After this many failures in a row no more are started until a launch has worked without one. Failing launches
     * report the cause.
     */
    private static final int FAILURES_MAX = 3;

    private final BackendConfig config;
    private final MonitorCommand monitors;
    private final ExecutorService maker = Executors.newSingleThreadExecutor(DaemonThreads.numbered("standby"));
    private final Map<MonitorShape, StandbyMonitor> ready =
            new EnumMap<>(MonitorShape.class); // guarded by this, like all fields below

    /** A shape is used from its first launch on; before that, it shall cost nothing. */
    private final Set<MonitorShape> used = EnumSet.of(MonitorShape.TERMINAL);

    private int failures;
    private boolean closed;

    StandbyMonitors(BackendConfig config, MonitorCommand monitors) {
        this.config = config;
        this.monitors = monitors;
    }

    /** Begins to keep monitors on standby. */
    synchronized void begin() {
        used.forEach(this::begin);
    }

    private synchronized void begin(MonitorShape shape) {
        if (!closed) {
            maker.execute(() -> make(shape));
        }
    }

    private void make(MonitorShape shape) {
        synchronized (this) {
            if (closed || ready.containsKey(shape)) {
                return;
            }
        }
        try {
            StandbyMonitor made = StandbyMonitor.make(config, monitors, shape, LIMIT);
            if (!keep(shape, made)) {
                made.discard();
            }
        } catch (IOException e) {
            failed(shape, e);
        }
    }

    private synchronized boolean keep(MonitorShape shape, StandbyMonitor made) {
        failures = 0;
        if (!closed) {
            ready.put(shape, made);
        }
        return !closed;
    }

    private synchronized void failed(MonitorShape shape, IOException e) {
        failures++;
        log.warn("no monitor on standby: {}", e.getMessage());
        if (failures < FAILURES_MAX) {
            begin(shape);
        }
    }

    /** A launch has worked without one, so the cause of the failures is gone. */
    synchronized void worked() {
        if (failures >= FAILURES_MAX) {
            failures = 0;
            begin();
        }
    }

    /** Takes the ready monitor; null if there is none. The caller owns it then. */
    StandbyMonitor take(MonitorShape shape) {
        StandbyMonitor taken;
        boolean first;
        synchronized (this) {
            first = used.add(shape);
            taken = ready.remove(shape);
        }
        if (first || taken != null) {
            begin(shape);
        }
        if (taken == null) {
            return null;
        }
        try {
            if (taken.isAlive()) {
                return taken;
            }
            log.warn("the monitor on standby has died");
            taken.discard();
        } catch (IOException e) {
            log.warn("the monitor on standby cannot be used: {}", e.getMessage());
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        List<StandbyMonitor> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(ready.values());
            ready.clear();
        }
        maker.shutdown();
        try {
            if (!maker.awaitTermination(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("a monitor on standby is still being made; the next start ends it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (StandbyMonitor one : left) {
            one.discard();
        }
    }
}

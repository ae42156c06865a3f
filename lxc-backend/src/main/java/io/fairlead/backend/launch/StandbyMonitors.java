package io.fairlead.backend.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one monitor on standby, and starts the next one as soon as it is taken. A launch that finds none starts its own
 * monitor. Safe for concurrent use.
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
    private final ExecutorService maker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "standby");
        thread.setDaemon(true);
        return thread;
    });
    private StandbyMonitor ready; // guarded by this, like all fields below
    private int failures;
    private boolean closed;

    StandbyMonitors(BackendConfig config, MonitorCommand monitors) {
        this.config = config;
        this.monitors = monitors;
    }

    /** Begins to keep a monitor on standby. */
    synchronized void begin() {
        if (!closed) {
            maker.execute(this::make);
        }
    }

    private void make() {
        synchronized (this) {
            if (closed || ready != null) {
                return;
            }
        }
        try {
            StandbyMonitor made = StandbyMonitor.make(config, monitors, LIMIT);
            if (!keep(made)) {
                made.discard();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private synchronized boolean keep(StandbyMonitor made) {
        failures = 0;
        if (!closed) {
            ready = made;
        }
        return !closed;
    }

    private synchronized void failed(IOException e) {
        failures++;
        log.warn("no monitor on standby: {}", e.getMessage());
        if (failures < FAILURES_MAX) {
            begin();
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
    StandbyMonitor take() {
        StandbyMonitor taken;
        synchronized (this) {
            taken = ready;
            ready = null;
        }
        if (taken == null) {
            return null;
        }
        begin();
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
        StandbyMonitor left;
        synchronized (this) {
            closed = true;
            left = ready;
            ready = null;
        }
        maker.shutdown();
        try {
            if (!maker.awaitTermination(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("a monitor on standby is still being made; the next start ends it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (left != null) {
            left.discard();
        }
    }
}

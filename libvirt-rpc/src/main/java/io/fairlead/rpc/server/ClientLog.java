package io.fairlead.rpc.server;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the faults of one kind of clients. A client decides how often a fault happens. So a few lines at once, and then
 * one every few seconds, are written; further lines are only counted, and the next written line tells how many were
 * left out.
 */
final class ClientLog {
    private static final Logger LOG = LoggerFactory.getLogger(ClientLog.class);
    private static final int AT_ONCE = 20;
    private static final long NANOS_PER_LINE = Duration.ofSeconds(3).toNanos();

    private final boolean limited;
    private final long startNanos = System.nanoTime();
    private long spentNanos; // of the time since the start, by which every line is paid for
    private long leftOut;

    private ClientLog(boolean limited) {
        this.limited = limited;
    }

    /** For clients without a proven identity. */
    static ClientLog limited() {
        return new ClientLog(true);
    }

    /** For root's own. */
    static ClientLog unlimited() {
        return new ClientLog(false);
    }

    void info(String format, Object... arguments) {
        if (mayWrite()) {
            LOG.info(format, arguments);
        }
    }

    void warn(String format, Object... arguments) {
        if (mayWrite()) {
            LOG.warn(format, arguments);
        }
    }

    /** @param arguments the last one may be an exception, as with slf4j */
    void error(String format, Object... arguments) {
        if (mayWrite()) {
            LOG.error(format, arguments);
        }
    }

    private synchronized boolean mayWrite() {
        if (!limited) {
            return true;
        }
        long now = System.nanoTime() - startNanos;
        if (spentNanos > now) {
            leftOut++;
            return false;
        }
        spentNanos = Math.max(spentNanos, now - AT_ONCE * NANOS_PER_LINE) + NANOS_PER_LINE;
        if (leftOut > 0) {
            LOG.warn("{} more lines about clients of the same kind were left out", leftOut);
            leftOut = 0;
        }
        return true;
    }
}

package io.fairlead.core.domain;

import java.time.Duration;

/**
 * Keeps a guest that reboots or crashes again and again from using up the host. After the first quick end the restart
 * is immediate. Each further restart waits twice as long as the one before, up to a limit. A longer life, or a start by
 * a client, resets the wait.
 */
final class RestartPacer {
    private static final long FIRST_MILLIS = 100;

    private final long settledNanos;
    private final long maxMillis;
    private int quickEnds;

    RestartPacer(EngineTimes times) {
        this.settledNanos = times.settled().toNanos();
        this.maxMillis = times.restartDelayMax().toMillis();
    }

    /** The wait before the next launch. */
    Duration delayAfter(long livedNanos) {
        if (livedNanos >= settledNanos) {
            quickEnds = 0;
        }
        int before = quickEnds++;
        if (before == 0) {
            return Duration.ZERO;
        }
        long doubled = before > 20 ? Long.MAX_VALUE : FIRST_MILLIS << (before - 1);
        return Duration.ofMillis(Math.min(doubled, maxMillis));
    }

    void forget() {
        quickEnds = 0;
    }
}

package io.fairlead.linux.cgroup;

import java.util.concurrent.locks.LockSupport;

/**
 * Pauses that double from 100 microseconds to 5 milliseconds, up to a deadline: cgroups offer nothing to wait on in v1.
 */
final class Backoff {
    private static final long FIRST_NANOS = 100_000;
    private static final long LONGEST_NANOS = 5_000_000;

    private final long deadline;
    private long next = FIRST_NANOS;

    /** @param deadline on the clock of {@link System#nanoTime} */
    Backoff(long deadline) {
        this.deadline = deadline;
    }

    /** False, at once, when the deadline has passed. An interrupt shortens the pause but not the wait as a whole. */
    boolean pause() {
        if (System.nanoTime() >= deadline) {
            return false;
        }
        LockSupport.parkNanos(next);
        next = Math.min(LONGEST_NANOS, next * 2);
        return true;
    }
}

package io.fairlead.core.life;

import io.fairlead.core.domain.EngineTimes;
import io.fairlead.core.intent.RestartCount;
import java.time.Duration;

/**
 * Keeps a guest that reboots or crashes again and again from using up the host. After the first quick end the restart
 * is immediate. Each further restart waits twice as long as the one before, up to a limit. A longer life, or a start by
 * a client, resets the wait.
 */
public final class RestartPacer {
    private static final long FIRST_MILLIS = 100;
    /** Beyond that, doubling the wait is beyond any limit, too. */
    private static final int DOUBLINGS_MAX = 20;

    private final Duration settled;
    private final long maxMillis;

    public RestartPacer(EngineTimes times) {
        this.settled = times.settled();
        this.maxMillis = times.restartDelayMax().toMillis();
    }

    /** The count after another end, which a restart follows. */
    RestartCount count(RestartCount before, Duration lived) {
        int quick = lived.compareTo(settled) >= 0 ? 0 : before.quick();
        return new RestartCount(increment(before.total()), increment(quick));
    }

    /** The count after a launch that was cut off, which another launch follows. */
    public RestartCount another(RestartCount before) {
        return new RestartCount(before.total(), increment(before.quick()));
    }

    /** The wait before that restart. */
    public Duration delay(RestartCount count) {
        int doublings = count.quick() - 2;
        if (doublings < 0) {
            return Duration.ZERO;
        }
        return Duration.ofMillis(
                doublings > DOUBLINGS_MAX ? maxMillis : Math.min(FIRST_MILLIS << doublings, maxMillis));
    }

    /** The rest of a wait that an earlier daemon began; no longer than the limit, wherever the clock was set to. */
    public Duration rest(Duration left) {
        return Duration.ofMillis(Math.max(0, Math.min(left.toMillis(), maxMillis)));
    }

    private static int increment(int count) {
        return count == Integer.MAX_VALUE ? count : count + 1;
    }
}

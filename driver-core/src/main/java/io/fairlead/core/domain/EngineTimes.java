package io.fairlead.core.domain;

import io.fairlead.core.job.JobSlot;
import java.time.Duration;

/**
 * How long the engine waits.
 *
 * @param job for another change of the same domain
 * @param adoption for it to be known whether a domain runs, after a start of the daemon
 * @param end for the news of an end once a guest is killed; then it counts as ended all the same
 * @param cancel for a launch to give up once it is told to
 * @param settled how long a guest must have lived for its restart to be immediate
 * @param restartDelayMax between two restarts of a guest that ends again and again at once
 */
public record EngineTimes(
        Duration job, Duration adoption, Duration end, Duration cancel, Duration settled, Duration restartDelayMax) {
    public static final EngineTimes DEFAULT = new EngineTimes(
            JobSlot.WAIT,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));
}

package io.fairlead.core.domain;

import io.fairlead.kit.job.JobSlot;
import java.time.Duration;

/**
 * The engine's waiting times.
 *
 * @param job for another change of the same domain
 * @param adoption for adoption to find out whether a domain runs, after a start of the daemon
 * @param end for the report of a killed guest's end; after that time the guest counts as ended without one
 * @param cancel for a cancelled launch to give up
 * @param settled the life after which a guest is restarted at once
 * @param restartDelayMax the longest pause between restarts of a guest that keeps ending at once
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

package io.fairlead.core.domain;

import io.fairlead.core.domain.Life.Asked;
import io.fairlead.kit.job.JobSlot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a domain its next life: at once at a client's request, otherwise no faster than {@link RestartPacer} allows.
 */
@SuppressWarnings("try") // the variable only holds the job
final class Restarts {
    private static final Logger log = LoggerFactory.getLogger(Restarts.class);

    private final Launcher launcher;
    private final ScheduledExecutorService timer;
    private final ExecutorService workers;

    /** @param workers run the restarts, which may block; {@code timer} only wakes them */
    Restarts(Launcher launcher, ScheduledExecutorService timer, ExecutorService workers) {
        this.launcher = launcher;
        this.timer = timer;
        this.workers = workers;
    }

    /** Restarts later, in the background. */
    void plan(Life ended, GuestEnds ends) {
        Duration delay = ended.asked() == Asked.REBOOT
                ? Duration.ZERO
                : ended.domain().pacer().delayAfter(ended.livedNanos());
        if (!delay.isZero()) {
            log.warn(
                    "domain '{}' ends again and again: its restart waits {}",
                    ended.domain().status().name(),
                    delay);
        }
        try {
            timer.schedule(() -> workers.execute(() -> restart(ended, ends)), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.info(
                    "domain '{}' is not restarted: the engine closes",
                    ended.domain().status().name());
        }
    }

    private void restart(Life ended, GuestEnds ends) {
        Domain domain = ended.domain();
        try (JobSlot.Job job = domain.jobs().begin("restart")) {
            if (domain.life() == ended && !ended.isLast()) {
                now(ended, ends);
            }
        } catch (RuntimeException e) {
            log.error("domain '{}' cannot be restarted", domain.status().name(), e);
            giveUp(ended, ends, e);
        }
    }

    /**
     * Restarts on the caller's thread, which holds the domain's job.
     *
     * @throws io.fairlead.kit.error.EngineException if the restart fails; the domain is off then
     */
    void now(Life ended, GuestEnds ends) {
        Life next = ended.next();
        try {
            if (!launcher.launch(next, ended, List.of(), ends::ended)) {
                ends.follow(next);
            }
        } catch (RuntimeException e) {
            if (ended.domain().life() == next) {
                ends.stop(
                        next,
                        next.isFinal() ? GuestEnds.reason(next) : StopReason.FAILED,
                        List.of("restart failed: " + e.getMessage()));
            }
            throw e;
        }
    }

    /** The domain's job could not be taken in time. The domain is off now, unless it has another life already. */
    private static void giveUp(Life ended, GuestEnds ends, RuntimeException cause) {
        synchronized (ended.domain()) {
            if (ended.domain().life() != ended || ended.isLast()) {
                return;
            }
            ended.beLast();
        }
        ends.stop(ended, StopReason.FAILED, List.of("restart failed: " + cause.getMessage()));
    }
}

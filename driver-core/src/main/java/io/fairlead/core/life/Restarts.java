package io.fairlead.core.life;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.Life;
import io.fairlead.core.intent.StopReason;
import io.fairlead.kit.job.JobSlot;
import io.fairlead.kit.thread.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a domain its next life, at once or when its intent says so. A plan is on disk before it comes here: what this
 * daemon does not get to, the next one does.
 */
@SuppressWarnings("try") // the variable only holds the job
public final class Restarts {
    private static final Logger log = LoggerFactory.getLogger(Restarts.class);

    private final Launcher launcher;
    private final Threads threads;
    /** Completes when all guests of earlier daemons are found: a launch must not meet the remains of another guest. */
    private final CompletableFuture<Void> allFound = new CompletableFuture<>();

    public Restarts(Launcher launcher, Threads threads) {
        this.launcher = launcher;
        this.threads = threads;
    }

    /** Lets planned restarts happen. Until then they wait. */
    public void begin() {
        allFound.complete(null);
    }

    /** Restarts later, in the background. */
    public void plan(Life ended, Duration delay, GuestEnds ends) {
        plan(ended, delay, ends, UnaryOperator.identity());
    }

    /** @param first done before the launch, with the domain's job; says which life the new one follows */
    public void plan(Life ended, Duration delay, GuestEnds ends, UnaryOperator<Life> first) {
        if (!delay.isZero()) {
            log.warn(
                    "domain '{}' ends again and again: its restart waits {}",
                    ended.domain().status().name(),
                    delay);
        }
        Runnable restart = () -> threads.run(() -> restart(ended, ends, first));
        try {
            threads.timer().schedule(() -> allFound.thenRun(restart), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.info(
                    "domain '{}' is restarted by the next daemon: this one stops",
                    ended.domain().status().name());
        }
    }

    private void restart(Life ended, GuestEnds ends, UnaryOperator<Life> first) {
        Domain domain = ended.domain();
        try (JobSlot.Job job = domain.jobs().begin("restart")) {
            if (domain.life() == ended && domain.intent().waits()) {
                now(first.apply(ended), ends);
            }
        } catch (RuntimeException e) {
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
        Domain domain = ended.domain();
        try {
            if (!launcher.launch(next, List.of(), ends::ended)) {
                ends.follow(next);
            }
        } catch (RuntimeException e) {
            if (domain.life() == next) {
                log.error("domain '{}' cannot be restarted", domain.status().name(), e);
                StopReason reason = domain.intent().isFinal() ? GuestEnds.reason(domain) : StopReason.FAILED;
                ends.stop(next, ends.end(next, reason, "restart failed: " + e.getMessage()));
            }
            throw e;
        }
    }

    /**
     * The next life could not even begin, for instance because the domain's job could not be taken in time. The domain
     * is off now, unless it has another life already or another thread ends it.
     */
    private static void giveUp(Life ended, GuestEnds ends, RuntimeException cause) {
        Domain domain = ended.domain();
        var end = ends.end(ended, StopReason.FAILED, "restart failed: " + cause.getMessage());
        synchronized (domain) {
            if (domain.life() != ended || !domain.intent().waits()) {
                return;
            }
            domain.intend(intent -> intent.stopped(end));
        }
        log.error("domain '{}' cannot be restarted", domain.status().name(), cause);
        ends.stop(ended, end);
    }
}

package io.fairlead.core.domain;

import io.fairlead.core.backend.Guest;
import io.fairlead.core.domain.Life.Asked;
import io.fairlead.core.event.LifecycleChange;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.job.JobSlot;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients' requests to a running guest. Each works on one life, and stops as soon as that life ends. */
@SuppressWarnings("try") // the variable only holds the job
final class GuestRequests {
    private static final Logger log = LoggerFactory.getLogger(GuestRequests.class);

    private final GuestEnds ends;
    private final Restarts restarts;
    private final EventBus events;
    private final EngineTimes times;

    GuestRequests(GuestEnds ends, Restarts restarts, EventBus events, EngineTimes times) {
        this.ends = ends;
        this.restarts = restarts;
        this.events = events;
        this.times = times;
    }

    /** Asks the guest to end in the given way. Notes the request, because it decides how the end is understood. */
    void ask(Domain domain, Asked what, Consumer<Guest> request) {
        withGuest(domain, what.name().toLowerCase(Locale.ROOT), life -> {
            Asked before = life.asked();
            life.ask(what);
            try {
                request.accept(life.guest());
            } catch (RuntimeException e) {
                life.unask(what, before);
                throw e;
            }
        });
    }

    void suspend(Domain domain) {
        withGuest(domain, "suspend", life -> {
            if (!(domain.status().state() instanceof DomainState.Paused)) {
                life.guest().suspend();
                move(life, LifecycleChange.SUSPENDED_PAUSED);
            }
        });
    }

    void resume(Domain domain) {
        withGuest(domain, "resume", life -> {
            if (domain.status().state() instanceof DomainState.Running) {
                throw new EngineException(ErrorCode.OPERATION_INVALID, "domain is already running");
            }
            life.guest().resume();
            move(life, LifecycleChange.RESUMED_UNPAUSED);
        });
    }

    /** Pauses the guest meanwhile, without an event. The caller holds the domain's job. */
    void whileSuspended(Life life, Runnable act) {
        life.guest().suspend();
        try {
            act.run();
        } finally {
            letGo(life);
        }
    }

    /** A guest that cannot be thawed is shown as suspended, so that a client can resume it. */
    private void letGo(Life life) {
        try {
            life.guest().resume();
        } catch (RuntimeException e) {
            if (hasEnded(life)) {
                return;
            }
            move(life, LifecycleChange.SUSPENDED_PAUSED);
            throw e;
        }
    }

    void reset(Domain domain) {
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin("reset")) {
            Life life = domain.guestLife();
            Asked before = life.asked();
            life.ask(Asked.RESET);
            try {
                kill(life);
            } catch (RuntimeException e) {
                life.unask(Asked.RESET, before);
                throw e;
            }
            if (!domain.status().active()) {
                throw Refusals.notRunning(); // it ended by itself or was destroyed meanwhile
            }
            restarts.now(life, ends);
        }
    }

    void destroy(Domain domain) {
        domain.awaitKnown();
        end(domain, null, Asked.DESTROY);
    }

    /** As {@link #destroy}, for a snapshot that needs the domain off. */
    void endForSnapshot(Domain domain) {
        end(domain, null, Asked.SNAPSHOT);
    }

    /** Destroys a life that has lost its owner, in the background. */
    void destroyQuietly(Domain domain, Life life) {
        try {
            end(domain, life, Asked.DESTROY);
        } catch (RuntimeException e) {
            log.warn(
                    "domain '{}' cannot be destroyed with its owner",
                    domain.status().name(),
                    e);
        }
    }

    /** @param only the life that is meant, or null for any */
    private void end(Domain domain, Life only, Asked how) {
        Life life;
        boolean waitsForRestart;
        Duration patience;
        synchronized (domain) {
            life = domain.life();
            if (!domain.status().active()) {
                throw Refusals.notRunning();
            }
            if (only != null && life != only) {
                return; // a later life, with an owner of its own
            }
            life.ask(how);
            Launch launch = domain.launch();
            waitsForRestart = launch == null && domain.status().state() instanceof DomainState.Starting;
            patience = launch == null ? times.end() : times.cancel();
            if (launch != null) {
                launch.cancel();
            } else if (waitsForRestart) {
                life.beLast();
            }
        }
        if (waitsForRestart) {
            ends.stop(life, GuestEnds.reason(life), List.of("destroyed"));
        } else if (life.guest() != null) {
            kill(life);
        } else if (!over(life, patience)) {
            throw new EngineException(
                    ErrorCode.OPERATION_TIMEOUT,
                    "cannot destroy domain '%s' yet: its launch hangs; it is killed as soon as that returns"
                            .formatted(domain.status().name()));
        }
    }

    private void kill(Life life) {
        try {
            life.guest().kill();
        } catch (RuntimeException e) {
            if (!hasEnded(life)) {
                throw e;
            }
        }
        if (!over(life, times.end())) {
            ends.endedUnheard(life);
            over(life, times.end());
        }
    }

    private static boolean hasEnded(Life life) {
        synchronized (life.domain()) {
            return life.exit() != null;
        }
    }

    private static boolean over(Life life, Duration patience) {
        try {
            life.over().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(ErrorCode.OPERATION_FAILED, "interrupted while waiting for an end", e);
        }
    }

    private void withGuest(Domain domain, String what, Consumer<Life> action) {
        domain.awaitKnown();
        Life meant = domain.guestLife();
        try (JobSlot.Job job = domain.jobs().begin(what, meant)) {
            Life life = domain.guestLife();
            if (life != meant) {
                throw Refusals.invalid("domain '%s' has been restarted meanwhile"
                        .formatted(domain.status().name()));
            }
            action.accept(life);
        }
    }

    private void move(Life life, LifecycleChange change) {
        Domain domain = life.domain();
        synchronized (domain) {
            if (domain.life() != life || life.exit() != null) {
                throw Refusals.notRunning();
            }
            boolean suspends = change == LifecycleChange.SUSPENDED_PAUSED;
            domain.change(status -> status.withState(
                    suspends ? status.state().suspended() : status.state().resumed()));
            DomainStatus now = domain.status();
            events.publish(change.of(now.uuid(), now.name(), now.id()));
        }
    }
}

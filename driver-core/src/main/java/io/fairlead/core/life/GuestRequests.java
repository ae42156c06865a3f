package io.fairlead.core.life;

import io.fairlead.core.backend.Guest;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainState;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.EngineTimes;
import io.fairlead.core.domain.Launch;
import io.fairlead.core.domain.Life;
import io.fairlead.core.domain.Refusals;
import io.fairlead.core.event.LifecycleChange;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.LaunchTerms;
import io.fairlead.core.intent.Request;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.job.JobSlot;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients' requests to a running guest. Each works on one life, and stops as soon as that life ends. */
@SuppressWarnings("try") // the variable only holds the job
public final class GuestRequests {
    private static final Logger log = LoggerFactory.getLogger(GuestRequests.class);

    private final GuestEnds ends;
    private final Restarts restarts;
    private final EventBus events;
    private final IntentKeeper intents;
    private final EngineTimes times;

    public GuestRequests(GuestEnds ends, Restarts restarts, EventBus events, IntentKeeper intents, EngineTimes times) {
        this.ends = ends;
        this.restarts = restarts;
        this.events = events;
        this.intents = intents;
        this.times = times;
    }

    /**
     * Asks the guest to end in the given way. The request is on disk before the guest gets it, because it decides how
     * the end is understood.
     */
    public void ask(Domain domain, Ask what, Consumer<Guest> request) {
        withGuest(domain, what.name().toLowerCase(Locale.ROOT), life -> {
            Noted noted = note(life, what);
            try {
                request.accept(life.guest());
            } catch (RuntimeException e) {
                takeBack(domain, noted);
                throw e;
            }
        });
    }

    /** A domain's intent before and after a request. */
    private record Noted(Intent before, Intent asked) {}

    private Noted note(Life life, Ask what) {
        Domain domain = life.domain();
        Request request = intents.request(what, Request.By.CLIENT);
        Noted noted;
        synchronized (domain) {
            if (life.exit() != null) {
                throw Refusals.notRunning();
            }
            noted = new Noted(domain.intent(), domain.intend(intent -> intent.asked(request)));
        }
        intents.saveOrLog(domain);
        return noted;
    }

    /** A request could not be made. Leaves alone what was asked since. */
    private void takeBack(Domain domain, Noted noted) {
        domain.intend(intent -> intent == noted.asked() ? noted.before() : intent);
        intents.saveOrLog(domain);
    }

    public void suspend(Domain domain) {
        withGuest(domain, "suspend", life -> {
            if (!(domain.status().state() instanceof DomainState.Paused)) {
                life.guest().suspend();
                move(life, LifecycleChange.SUSPENDED_PAUSED);
            }
        });
    }

    public void resume(Domain domain) {
        withGuest(domain, "resume", life -> {
            if (domain.status().state() instanceof DomainState.Running) {
                throw new EngineException(ErrorCode.OPERATION_INVALID, "domain is already running");
            }
            life.guest().resume();
            move(life, LifecycleChange.RESUMED_UNPAUSED);
        });
    }

    /** Pauses the guest meanwhile, without an event. The caller holds the domain's job. */
    public void whileSuspended(Life life, Runnable act) {
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

    public void reset(Domain domain) {
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin("reset")) {
            reset(domain.guestLife());
        }
    }

    private void reset(Life life) {
        Domain domain = life.domain();
        Noted noted = note(life, Ask.RESET);
        synchronized (domain) {
            life.resetting(true);
        }
        try {
            kill(life);
        } catch (RuntimeException e) {
            abandonReset(life, noted);
            throw e;
        }
        if (!domain.status().active()) {
            throw Refusals.notRunning(); // it ended by itself or was destroyed meanwhile
        }
        restarts.now(life, ends);
    }

    private void abandonReset(Life life, Noted noted) {
        boolean ended;
        synchronized (life.domain()) {
            life.resetting(false);
            ended = life.over().isDone();
        }
        if (ended) {
            restarts.plan(life, Duration.ZERO, ends); // nobody else would
        } else {
            takeBack(life.domain(), noted);
        }
    }

    /** Finishes a reset that an earlier daemon began, in the background. */
    public void resetQuietly(Domain domain, Life life) {
        try (JobSlot.Job job = domain.jobs().begin("reset")) {
            if (domain.life() == life) {
                reset(life);
            }
        } catch (RuntimeException e) {
            log.warn(
                    "the reset of domain '{}' cannot be finished",
                    domain.status().name(),
                    e);
        }
    }

    public void destroy(Domain domain) {
        domain.awaitKnown();
        Request request = intents.request(Ask.DESTROY, Request.By.CLIENT);
        end(domain, null, intent -> intent.asked(request));
    }

    /** As {@link #destroy}, for a domain that is to be off once a snapshot of it was taken. */
    public void halt(Domain domain) {
        Request request = intents.request(Ask.HALT, Request.By.CLIENT);
        end(domain, null, intent -> intent.asked(request));
    }

    /**
     * As {@link #destroy}, for a domain that goes back to a snapshot.
     *
     * @param after how it is launched afterwards; empty if it stays off
     */
    public void endForRevert(Domain domain, Optional<LaunchTerms> after) {
        Request request = intents.request(Ask.REVERT, Request.By.CLIENT);
        end(domain, null, intent -> intent.isFinal() ? intent : intent.reverting(request, after));
    }

    /** A revert of a domain that is off has begun, and {@code after} it the domain is to run. */
    public void noteRevert(Domain domain, LaunchTerms after) {
        Request request = intents.request(Ask.REVERT, Request.By.CLIENT);
        domain.intend(intent -> intent.reverting(request, Optional.of(after)));
        intents.save(domain);
    }

    /** A revert has failed: the domain, once it is off, stays off until a client starts it. */
    public void giveUpRevert(Domain domain) {
        synchronized (domain) {
            if (domain.intent().pending() != Ask.REVERT) {
                return;
            }
            domain.intend(domain.status().active() ? Intent::withoutRun : Intent::givenUp);
        }
        intents.saveOrLog(domain);
    }

    /** Destroys a life that has lost its owner, or that an earlier daemon was to end, in the background. */
    public void destroyQuietly(Domain domain, Life life) {
        Request request = intents.request(Ask.DESTROY, Request.By.DAEMON);
        try {
            end(domain, life, intent -> intent.asked(request));
        } catch (RuntimeException e) {
            log.warn("domain '{}' cannot be destroyed", domain.status().name(), e);
        }
    }

    /** @param only the life that is meant, or null for any */
    private void end(Domain domain, Life only, UnaryOperator<Intent> request) {
        Life life;
        synchronized (domain) {
            life = domain.life();
            if (!domain.status().active()) {
                throw Refusals.notRunning();
            }
            if (only != null && life != only) {
                return; // a later life, with an owner of its own
            }
            domain.intend(request);
        }
        intents.saveOrLog(domain);
        // From here on no other life begins: a final request cancels a planned restart.
        boolean waitsForRestart;
        Duration patience;
        synchronized (domain) {
            if (domain.life() != life || !domain.status().active()) {
                return; // it has ended meanwhile
            }
            Launch launch = domain.launch();
            waitsForRestart = launch == null && domain.status().state() instanceof DomainState.Starting;
            patience = launch == null ? times.end() : times.cancel();
            if (launch != null) {
                launch.cancel();
            }
        }
        if (waitsForRestart) {
            ends.stop(life, ends.end(life, GuestEnds.reason(domain), "destroyed"));
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
            boolean saysSo = e instanceof EngineException refusal && refusal.code() == ErrorCode.OPERATION_INVALID;
            if (!saysSo && !hasEnded(life)) { // the report of an end may be on its way
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

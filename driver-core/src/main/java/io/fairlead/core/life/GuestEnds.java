package io.fairlead.core.life;

import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.Life;
import io.fairlead.core.event.LifecycleChange;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.LastEnd;
import io.fairlead.core.intent.Request;
import io.fairlead.core.intent.RestartCount;
import io.fairlead.core.intent.StopReason;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.kit.event.EventBus;
import io.fairlead.xml.domain.model.LifecycleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the ends of guests. Runs on the back end's threads, so that it works while a client's change of the domain
 * hangs. The intent says on disk what comes next before the guest's remains are forgotten and before clients see it.
 */
public final class GuestEnds {
    private static final Logger log = LoggerFactory.getLogger(GuestEnds.class);

    private final Backend backend;
    private final VolumeResolver volumes;
    private final IntentKeeper intents;
    private final DomainRegistry registry;
    private final EventBus events;
    private final RestartPacer pacer;
    private final Restarts restarts;

    public GuestEnds(
            Backend backend,
            VolumeResolver volumes,
            IntentKeeper intents,
            DomainRegistry registry,
            EventBus events,
            RestartPacer pacer,
            Restarts restarts) {
        this.backend = backend;
        this.volumes = volumes;
        this.intents = intents;
        this.registry = registry;
        this.events = events;
        this.pacer = pacer;
        this.restarts = restarts;
    }

    /**
     * A guest has ended. A second report of the same end does nothing. During a launch, the launching thread handles
     * the end.
     */
    public void ended(Life life, GuestExit exit) {
        synchronized (life.domain()) {
            if (!life.ended(exit) || life.guest() == null) {
                return;
            }
        }
        follow(life);
    }

    /** The back end did not report the end of a killed guest. */
    void endedUnheard(Life life) {
        log.warn(
                "the end of domain '{}' was not reported in time",
                life.domain().status().name());
        ended(life, new GuestExit(GuestExit.UNKNOWN, intents.now()));
    }

    /** Acts on a guest's end. Called once per life that ran. */
    public void follow(Life life) {
        Domain domain = life.domain();
        domain.jobs().abandon(life); // no thread can do anything with this guest any more
        try {
            handle(life);
        } catch (RuntimeException | Error e) {
            log.error(
                    "domain '{}' is off, but its end could not be handled",
                    domain.status().name(),
                    e);
            release(domain.uuid());
            Optional<LastEnd> recorded = domain.intent().wantsRun()
                    ? Optional.empty()
                    : domain.intent().lastEnd();
            showOff(life, recorded.orElseGet(() -> end(life, StopReason.FAILED, "its end could not be handled: " + e)));
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    private void handle(Life life) {
        Domain domain = life.domain();
        ExitVerdict verdict;
        Duration delay = Duration.ZERO;
        synchronized (domain) {
            Intent before = domain.intent();
            verdict = ExitVerdict.of(life.exit(), before, life.definition());
            if (verdict.restart()) {
                boolean asked = before.pending() != Ask.NOTHING;
                RestartCount count = asked ? before.restarts() : pacer.count(before.restarts(), lived(before, life));
                delay = asked ? Duration.ZERO : pacer.delay(count);
                Instant earliest = intents.now().plus(delay);
                Optional<Request> own = own(verdict, before);
                domain.intend(intent -> intent.again(verdict.end(), own, earliest, count));
            }
        }
        log.info(
                "domain '{}': {}",
                domain.status().name(),
                String.join("; ", verdict.end().messages()));
        if (!verdict.restart()) {
            stop(life, verdict.end(), own(verdict, domain.intent()));
        } else if (awaitsRestart(life, verdict.kind())) {
            life.over().complete(null);
            if (!life.isResetting()) { // otherwise the resetting thread starts it
                restarts.plan(life, delay, this);
            }
        } else {
            stop(life, end(life, reason(domain), "destroyed before it was restarted"));
        }
    }

    private static Duration lived(Intent intent, Life life) {
        return intent.started()
                .map(started -> Duration.between(started, life.exit().at()))
                .orElse(Duration.ZERO);
    }

    /** Init's own request. An init that was asked does what it was asked for. */
    private Optional<Request> own(ExitVerdict verdict, Intent intent) {
        if (intent.pending() != Ask.NOTHING || verdict.kind() == null || verdict.kind() == LifecycleEvent.CRASH) {
            return Optional.empty();
        }
        Ask ask = verdict.kind() == LifecycleEvent.REBOOT ? Ask.REBOOT : Ask.SHUTDOWN;
        return Optional.of(intents.request(ask, Request.By.GUEST));
    }

    /** The domain is between two lives and keeps its volumes. False if it was destroyed meanwhile. */
    private boolean awaitsRestart(Life life, LifecycleEvent kind) {
        Domain domain = life.domain();
        intents.saveOrLog(domain);
        forget(domain.uuid());
        synchronized (domain) {
            if (!domain.intent().waits()) {
                return false;
            }
            domain.change(status -> status.starting(status.live()));
            if (kind == LifecycleEvent.CRASH) {
                DomainStatus now = domain.status();
                events.publish(LifecycleChange.CRASHED_PANICKED.of(
                        now.uuid(), now.name(), now.id(), Optional.of(life.exit())));
            }
        }
        return true;
    }

    /** As {@link #stop(Life, LastEnd, Optional)}, of a domain whose guest made no request itself. */
    void stop(Life life, LastEnd end) {
        stop(life, end, Optional.empty());
    }

    /**
     * The domain is off: records that, shows it and publishes the event, in this order. When it is called again, by
     * another thread that destroys the domain, it waits for the first call.
     *
     * @param life the life that ended, or whose restart is given up
     */
    private void stop(Life life, LastEnd end, Optional<Request> own) {
        synchronized (life) {
            if (life.isStopped()) {
                return;
            }
            Domain domain = life.domain();
            domain.intend(intent -> intent.stopped(end, own));
            intents.saveEnd(domain);
            forget(domain.uuid());
            release(domain.uuid());
            boolean wasTransient = !domain.status().persistent();
            if (wasTransient) {
                intents.remove(domain);
            }
            showOff(life, end);
            if (wasTransient && domain.status().persistent()) {
                intents.saveOrLog(domain); // it was defined in between
            }
        }
    }

    /** In memory only: nothing here can fail. */
    private void showOff(Life life, LastEnd end) {
        Domain domain = life.domain();
        synchronized (life) {
            life.stop();
            synchronized (domain) {
                if (domain.life() == life && domain.status().active()) {
                    showOff(domain, end);
                }
            }
        }
        life.over().complete(null);
    }

    private void showOff(Domain domain, LastEnd end) {
        if (domain.intent().lastEnd().filter(end::equals).isEmpty()) {
            domain.intend(intent -> intent.stopped(end));
        }
        registry.index(domain, domain.status().id(), DomainStatus.NO_ID);
        domain.change(status -> status.off(status.state().stopped(end.reason())));
        DomainStatus now = domain.status();
        if (!now.persistent()) {
            registry.drop(domain);
        }
        events.publish(end.reason().event().of(now.uuid(), now.name(), now.id(), end.exit()));
    }

    /** A client's start has failed. Nothing ran, so there is no event. */
    void notStarted(Life life, Throwable cause) {
        Domain domain = life.domain();
        StopReason reason = domain.intent().isFinal() ? reason(domain) : StopReason.FAILED;
        LastEnd end = LastEnd.without(reason, intents.now(), "launch failed: " + cause.getMessage());
        domain.intend(intent -> intent.stopped(end));
        intents.saveEnd(domain);
        if (!domain.status().persistent()) {
            intents.remove(domain);
        }
        synchronized (domain) {
            domain.change(status -> status.off(status.state().stopped(reason)));
            if (!domain.status().persistent()) {
                registry.drop(domain);
            }
        }
        life.over().complete(null);
    }

    /** How a life ended, or that it had ended before; {@code note} says why no other follows. */
    LastEnd end(Life life, StopReason reason, String note) {
        synchronized (life.domain()) {
            return life.exit() == null
                    ? LastEnd.without(reason, intents.now(), note)
                    : LastEnd.of(reason, life.exit(), List.of(note));
        }
    }

    /** The reason for being off, of a domain whose guest was ended for good. */
    public static StopReason reason(Domain domain) {
        Ask asked = domain.intent().pending();
        return asked == Ask.HALT || asked == Ask.REVERT ? StopReason.FROM_SNAPSHOT : StopReason.DESTROYED;
    }

    private void release(UUID uuid) {
        try {
            volumes.release(uuid);
        } catch (RuntimeException e) {
            log.error("cannot release the volumes of domain {}", uuid, e);
        }
    }

    /** Removes an ended guest's remains. A failure is logged. */
    public void forget(UUID uuid) {
        try {
            backend.forget(uuid);
        } catch (RuntimeException e) {
            log.error("cannot remove the remains of domain {}", uuid, e);
        }
    }
}

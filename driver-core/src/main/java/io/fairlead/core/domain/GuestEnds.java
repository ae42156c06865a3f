package io.fairlead.core.domain;

import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.domain.Life.Asked;
import io.fairlead.core.event.LifecycleChange;
import io.fairlead.core.store.DefinitionStore;
import io.fairlead.core.store.LastEnd;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.kit.event.EventBus;
import io.fairlead.xml.domain.model.LifecycleEvent;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the ends of guests. Runs on the back end's threads, so that it works while a client's change of the domain
 * hangs. An end is recorded on disk before clients see it.
 */
final class GuestEnds {
    private static final Logger log = LoggerFactory.getLogger(GuestEnds.class);

    private final Backend backend;
    private final VolumeResolver volumes;
    private final DefinitionStore store;
    private final DomainRegistry registry;
    private final EventBus events;
    private final Clock clock;
    private final Restarts restarts;

    GuestEnds(
            Backend backend,
            VolumeResolver volumes,
            DefinitionStore store,
            DomainRegistry registry,
            EventBus events,
            Clock clock,
            Restarts restarts) {
        this.backend = backend;
        this.volumes = volumes;
        this.store = store;
        this.registry = registry;
        this.events = events;
        this.clock = clock;
        this.restarts = restarts;
    }

    /**
     * A guest has ended. A second report of the same end does nothing. During a launch, the launching thread handles
     * the end.
     */
    void ended(Life life, GuestExit exit) {
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
        ended(life, new GuestExit(-1, clock.instant()));
    }

    /** Acts on a guest's end. Called once per life that ran. */
    void follow(Life life) {
        Domain domain = life.domain();
        domain.jobs().abandon(life); // no thread can do anything with this guest any more
        ExitVerdict verdict = ExitVerdict.of(life.exit(), life.asked(), life.definition());
        log.info("domain '{}': {}", domain.status().name(), String.join("; ", verdict.messages()));
        boolean again = verdict.restart() && restartable(life, verdict);
        if (!again) {
            stop(life, life.isFinal() ? reason(life) : verdict.reason(), verdict.messages());
        } else if (life.asked() != Asked.RESET) { // the resetting thread waits for the end and starts the domain again
            restarts.plan(life, this);
        }
    }

    /**
     * The domain is off: records that, shows it and publishes the event, in this order.
     *
     * @param life the life that ended, or whose restart is given up
     */
    void stop(Life life, StopReason reason, List<String> messages) {
        Domain domain = life.domain();
        if (domain.status().persistent()) {
            record(domain.uuid(), life, reason, messages);
        }
        forget(domain.uuid());
        volumes.release(domain.uuid());
        synchronized (domain) {
            registry.index(domain, domain.status().id(), DomainStatus.NO_ID);
            domain.change(status -> status.off(status.state().stopped(reason), messages));
            DomainStatus now = domain.status();
            if (!now.persistent()) {
                registry.drop(domain);
            }
            events.publish(reason.event().of(now.uuid(), now.name(), now.id(), Optional.ofNullable(life.exit())));
        }
        life.over().complete(null);
    }

    /** A client's start has failed. Nothing ran, so there is no event. */
    void notStarted(Life life, Throwable cause) {
        Domain domain = life.domain();
        StopReason reason = life.isFinal() ? reason(life) : StopReason.FAILED;
        List<String> messages = List.of("launch failed: " + cause.getMessage());
        if (domain.status().persistent()) {
            record(domain.uuid(), life, reason, messages);
        }
        synchronized (domain) {
            domain.change(status -> status.off(status.state().stopped(reason), messages));
            if (!domain.status().persistent()) {
                registry.drop(domain);
            }
        }
        life.over().complete(null);
    }

    /** The domain is between two lives and keeps its volumes. False if it was destroyed meanwhile. */
    private boolean restartable(Life life, ExitVerdict verdict) {
        Domain domain = life.domain();
        forget(domain.uuid());
        synchronized (domain) {
            if (life.isFinal()) {
                return false;
            }
            domain.change(status -> status.starting(status.live(), verdict.messages()));
            if (verdict.kind() == LifecycleEvent.CRASH) {
                DomainStatus now = domain.status();
                events.publish(LifecycleChange.CRASHED_PANICKED.of(
                        now.uuid(), now.name(), now.id(), Optional.ofNullable(life.exit())));
            }
        }
        life.over().complete(null);
        return true;
    }

    /** The reason for being off, of a domain whose life was ended for good. */
    static StopReason reason(Life life) {
        return life.asked() == Asked.SNAPSHOT ? StopReason.FROM_SNAPSHOT : StopReason.DESTROYED;
    }

    private void record(UUID uuid, Life life, StopReason reason, List<String> messages) {
        GuestExit exit = life.exit();
        int status = exit == null ? -1 : exit.status();
        String at = (exit == null ? clock.instant() : exit.at()).toString();
        try {
            store.saveEnd(uuid, new LastEnd(reason.name(), status, at, messages));
        } catch (IOException e) {
            log.error("cannot record how domain {} ended", uuid, e);
        }
    }

    private void forget(UUID uuid) {
        try {
            backend.forget(uuid);
        } catch (RuntimeException e) {
            log.error("cannot remove the remains of domain {}", uuid, e);
        }
    }
}

package io.fairlead.core.life;

import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.Prepared;
import io.fairlead.core.domain.DefinitionEdits;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.EngineTimes;
import io.fairlead.core.domain.Launch;
import io.fairlead.core.domain.Life;
import io.fairlead.core.event.DomainEvent;
import io.fairlead.core.event.LifecycleChange;
import io.fairlead.core.intent.RestartPolicy;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.event.EventBus;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches the guest of a life. The caller holds the domain's job, and handles a failed launch.
 *
 * <p>{@link Launch#cancel} cancels a launch, because destroy must not wait behind one that hangs. It interrupts the
 * launching thread. A guest that starts nevertheless is killed before any client sees it.
 */
public final class Launcher {
    private static final Logger log = LoggerFactory.getLogger(Launcher.class);

    private final Backend backend;
    private final VolumeResolver volumes;
    private final DomainRegistry registry;
    private final EventBus events;
    private final IntentKeeper intents;
    private final Clock clock;
    private final EngineTimes times;

    public Launcher(
            Backend backend,
            VolumeResolver volumes,
            DomainRegistry registry,
            EventBus events,
            IntentKeeper intents,
            Clock clock,
            EngineTimes times) {
        this.backend = backend;
        this.volumes = volumes;
        this.registry = registry;
        this.events = events;
        this.intents = intents;
        this.clock = clock;
        this.times = times;
    }

    /**
     * Launches the guest; returns once it runs and clients can see it.
     *
     * @param onExit called when the guest ends, unless it ends before it is shown as running
     * @return whether the guest lives; if not, the caller handles its end. A guest that cannot be killed after a
     *     cancelled launch counts as living
     * @throws EngineException if no guest was launched, or the launched one was removed completely
     */
    boolean launch(Life life, List<Integer> initFiles, BiConsumer<Life, GuestExit> onExit) {
        Domain domain = life.domain();
        Launch launch = begin(life);
        Guest guest;
        try {
            guest = call(life, initFiles, onExit);
        } catch (EngineException e) {
            throw over(domain, launch) ? cancelled(domain, e) : e;
        } catch (Error e) {
            over(domain, launch); // otherwise a later destroy would interrupt this thread in other work
            throw e;
        }
        synchronized (domain) {
            if (!over(domain, launch)) {
                life.launched(guest);
                show(life, guest);
                log.info("domain '{}' runs as process {}", domain.status().name(), guest.id());
                return life.exit() == null;
            }
        }
        EngineException left = remove(life, guest);
        if (left == null) {
            throw cancelled(domain, null);
        }
        // The guest lives and keeps its volumes: clients must see it, and can try to destroy it again.
        log.error(
                "domain '{}', whose launch was cancelled, cannot be killed",
                domain.status().name(),
                left);
        synchronized (domain) {
            life.launched(guest);
            show(life, guest);
            return life.exit() == null;
        }
    }

    private static boolean over(Domain domain, Launch launch) {
        synchronized (domain) {
            domain.launchOver();
            return launch.finish();
        }
    }

    private Launch begin(Life life) {
        Domain domain = life.domain();
        RestartPolicy policy = DefinitionEdits.restartPolicy(life.definition());
        Launch launch = new Launch();
        synchronized (domain) {
            if (life.isAskedFor()) {
                domain.change(status -> status.starting(life.definition()));
            } else if (!domain.intent().waits()) {
                throw cancelled(domain, null);
            }
            domain.intend(intent -> life.begun(intent.withPolicy(policy), clock.instant()));
            domain.begin(life, launch);
            if (registry.find(domain.uuid()).isEmpty()) {
                registry.show(domain); // so that clients can destroy a hanging launch
            }
        }
        return launch;
    }

    private Guest call(Life life, List<Integer> initFiles, BiConsumer<Life, GuestExit> onExit) {
        UUID uuid = life.domain().uuid();
        if (life.isAskedFor()) {
            intents.save(life.domain());
        } else {
            intents.saveOrLog(life.domain()); // without it, the next daemon takes the restart for one that still waits
        }
        LaunchPlan plan = life.plan().orElseGet(() -> backend.plan(life.definition()));
        var ready =
                volumes.acquire(uuid, plan.definition().definition().devices().volumes());
        LaunchRequest request = LaunchRequest.of(ready, initFiles, life.terms().autodestroy());
        try (Prepared prepared = backend.prepare(plan, request, exit -> onExit.accept(life, exit))) {
            return life.terms().paused() ? prepared.startPaused() : prepared.start();
        } catch (EngineException e) {
            volumes.release(uuid);
            throw e;
        } catch (RuntimeException e) {
            volumes.release(uuid);
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "launch of domain '%s' failed: %s"
                            .formatted(life.domain().status().name(), e),
                    e);
        }
    }

    private void show(Life life, Guest guest) {
        Domain domain = life.domain();
        int oldId = domain.status().id();
        domain.change(status -> status.running(
                status.state().launched(life.terms().paused(), life.terms().fromSnapshot()),
                guest.id(),
                guest.definition(),
                clock.instant()));
        registry.index(domain, oldId, guest.id());
        DomainStatus now = domain.status();
        if (life.again()) {
            events.publish(new DomainEvent.Reboot(
                    now.uuid(), now.name(), now.id(), now.intent().lastExit()));
            return;
        }
        boolean snapshot = life.terms().fromSnapshot();
        LifecycleChange started = snapshot ? LifecycleChange.STARTED_FROM_SNAPSHOT : LifecycleChange.STARTED_BOOTED;
        events.publish(started.of(now.uuid(), now.name(), now.id()));
        if (life.terms().paused()) {
            LifecycleChange paused =
                    snapshot ? LifecycleChange.SUSPENDED_FROM_SNAPSHOT : LifecycleChange.SUSPENDED_PAUSED;
            events.publish(paused.of(now.uuid(), now.name(), now.id()));
        }
    }

    /** Null, or the reason why the guest could not be killed. */
    private EngineException remove(Life life, Guest guest) {
        try {
            guest.kill();
        } catch (EngineException e) {
            if (!life.exited().isDone()) {
                return e;
            }
        }
        try {
            life.exited().get(times.end().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.warn(
                    "the end of domain '{}' was not reported in time",
                    life.domain().status().name(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        backend.forget(life.domain().uuid());
        volumes.release(life.domain().uuid());
        return null;
    }

    private static EngineException cancelled(Domain domain, EngineException cause) {
        return new EngineException(
                ErrorCode.OPERATION_FAILED,
                "launch of domain '%s' was cancelled: it was destroyed"
                        .formatted(domain.status().name()),
                cause);
    }
}

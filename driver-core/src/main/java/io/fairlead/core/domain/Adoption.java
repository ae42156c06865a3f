package io.fairlead.core.domain;

import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.store.LastEnd;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.DomainDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the guests of earlier daemons. A domain's state becomes known when its guest is found; domains without a
 * guest become known at the end.
 */
final class Adoption {
    private static final Logger log = LoggerFactory.getLogger(Adoption.class);

    private final DomainRegistry registry;
    private final Backend backend;
    private final VolumeResolver volumes;
    private final GuestEnds ends;
    private final Consumer<Domain> orphans;
    private final Map<UUID, LastEnd> lastEnds;
    private final Clock clock;
    private final Duration wait;
    private final CompletableFuture<Void> all = new CompletableFuture<>();

    /** @param orphans called with each domain whose owner died with the earlier daemon; must not block */
    Adoption(
            DomainRegistry registry,
            Backend backend,
            VolumeResolver volumes,
            GuestEnds ends,
            Consumer<Domain> orphans,
            Map<UUID, LastEnd> lastEnds,
            Clock clock,
            Duration wait) {
        this.registry = registry;
        this.backend = backend;
        this.volumes = volumes;
        this.ends = ends;
        this.orphans = orphans;
        this.lastEnds = Map.copyOf(lastEnds);
        this.clock = clock;
        this.wait = wait;
    }

    void run() {
        try {
            backend.adopt(this::found);
        } catch (RuntimeException e) {
            log.error("cannot find the guests of earlier daemons; domains cannot be changed", e);
            registry.all().forEach(domain -> domain.known().completeExceptionally(e));
            all.completeExceptionally(e);
            throw e;
        }
        for (Domain domain : registry.all()) {
            if (!domain.isKnown()) {
                foundOff(domain);
            }
        }
        all.complete(null);
    }

    /** Waits until every guest is found: only then are the free names known. */
    void awaitAll() {
        try {
            all.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new EngineException(
                    ErrorCode.OPERATION_TIMEOUT,
                    "cannot acquire state change lock (held by adoption): running domains are still being looked for",
                    e);
        } catch (ExecutionException e) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "cannot add a domain: which domains run could not be found out",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(ErrorCode.OPERATION_FAILED, "interrupted while waiting for adoption", e);
        }
    }

    private void found(Adopted adopted) {
        try {
            if (adopted instanceof Adopted.Running running) {
                running(running);
            } else if (adopted instanceof Adopted.Ended ended) {
                ended(ended);
            } else if (adopted instanceof Adopted.Removed removed) {
                removed(removed);
            }
        } catch (RuntimeException e) {
            log.error("domain {} cannot be taken over", adopted.uuid(), e);
            registry.find(adopted.uuid()).ifPresent(domain -> domain.known().completeExceptionally(e));
        }
    }

    private void running(Adopted.Running found) {
        Guest guest = found.guest();
        volumes.retake(found.uuid(), guest.definition().definition().devices().volumes());
        Life life = adopt(found.uuid(), guest.definition(), guest, found.autodestroy());
        log.info("domain '{}' still runs as process {}", life.domain().status().name(), guest.id());
        found.exit()
                .whenComplete((exit, failure) ->
                        ends.ended(life, failure == null ? exit : new GuestExit(-1, clock.instant())));
        if (found.autodestroy()) {
            orphans.accept(life.domain());
        }
    }

    private void ended(Adopted.Ended found) {
        Life life = adopt(found.uuid(), found.definition(), null, false);
        boolean first;
        synchronized (life.domain()) {
            first = life.ended(found.exit());
        }
        if (first) {
            ends.follow(life);
        }
    }

    private void removed(Adopted.Removed found) {
        String what = "its launch was cut off when the daemon ended: %s".formatted(found.what());
        log.warn("domain {}: {}", found.uuid(), what);
        registry.find(found.uuid()).ifPresent(domain -> {
            domain.change(status ->
                    status.withState(status.state().foundOff(StopReason.FAILED)).withMessages(List.of(what)));
            domain.known().complete(null);
        });
    }

    /** Shows the domain as running; if the guest has ended, handles its end. */
    private Life adopt(UUID uuid, DomainDocument definition, Guest guest, boolean autodestroy) {
        Domain domain = domainOf(uuid, definition);
        Life life = Life.adopted(domain, definition, guest, autodestroy);
        synchronized (domain) {
            int id = guest == null ? DomainStatus.NO_ID : guest.id();
            Instant bootedAt = guest == null ? null : startOf(guest.id());
            boolean suspended = guest != null && guest.suspended();
            domain.adopt(life);
            domain.change(status -> status.running(status.state().foundRunning(suspended), id, definition, bootedAt));
            registry.index(domain, DomainStatus.NO_ID, id);
            registry.show(domain);
        }
        domain.known().complete(null);
        return life;
    }

    private Domain domainOf(UUID uuid, DomainDocument definition) {
        return registry.find(uuid).orElseGet(() -> registry.adoptTransient(uuid, definition.name()));
    }

    private Instant startOf(int pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .orElseGet(clock::instant);
    }

    private void foundOff(Domain domain) {
        LastEnd last = lastEnds.get(domain.uuid());
        domain.change(status -> last == null
                ? status.withState(status.state().foundOff(StopReason.UNKNOWN))
                : status.withState(status.state().foundOff(reason(last))).withMessages(last.messages()));
        domain.known().complete(null);
    }

    /** An older or newer daemon may have written a name that this one does not know. */
    private static StopReason reason(LastEnd last) {
        for (StopReason reason : StopReason.values()) {
            if (reason.name().equals(last.reason())) {
                return reason;
            }
        }
        return StopReason.UNKNOWN;
    }
}

package io.fairlead.core.service;

import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.Life;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.LaunchTerms;
import io.fairlead.core.intent.Request;
import io.fairlead.core.intent.StopReason;
import io.fairlead.core.intent.StoredIntent;
import io.fairlead.core.life.ExitVerdict;
import io.fairlead.core.life.GuestEnds;
import io.fairlead.core.life.GuestRequests;
import io.fairlead.core.life.IntentKeeper;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.thread.Threads;
import io.fairlead.xml.domain.DomainDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the guests of earlier daemons, and goes on with what was asked of them. A domain's state becomes known
 * when its guest is found; domains without a guest become known at the end.
 */
final class Adoption {
    private static final Logger log = LoggerFactory.getLogger(Adoption.class);

    private final DomainRegistry registry;
    private final Backend backend;
    private final VolumeResolver volumes;
    private final IntentKeeper intents;
    private final GuestEnds ends;
    private final GuestRequests requests;
    private final Resumption resumption;
    private final Threads threads;
    /** As they were found on disk. */
    private final Map<UUID, StoredIntent> stored;

    private final Predicate<UUID> defined;
    private final Clock clock;
    private final Duration wait;
    private final CompletableFuture<Void> all = new CompletableFuture<>();
    /** Domains of which the back end cannot say whether they run. */
    private final Set<UUID> unclear = ConcurrentHashMap.newKeySet();
    /** Domains whose guest was taken over. A transient one may have left the registry again. */
    private final Set<UUID> takenOver = ConcurrentHashMap.newKeySet();
    /** What the back end says about launches that were cut off. */
    private final Map<UUID, String> cutOff = new ConcurrentHashMap<>();

    /** @param defined whether there is a definition of a domain, even a damaged one */
    Adoption(
            DomainRegistry registry,
            Backend backend,
            VolumeResolver volumes,
            IntentKeeper intents,
            GuestEnds ends,
            GuestRequests requests,
            Resumption resumption,
            Threads threads,
            Map<UUID, StoredIntent> stored,
            Predicate<UUID> defined,
            Clock clock,
            Duration wait) {
        this.registry = registry;
        this.backend = backend;
        this.volumes = volumes;
        this.intents = intents;
        this.ends = ends;
        this.requests = requests;
        this.resumption = resumption;
        this.threads = threads;
        this.stored = Map.copyOf(stored);
        this.defined = defined;
        this.clock = clock;
        this.wait = wait;
    }

    void run() {
        try {
            backend.adopt(this::definition, this::found);
        } catch (RuntimeException e) {
            registry.all().forEach(domain -> domain.known().completeExceptionally(e));
            all.completeExceptionally(e);
            throw e;
        }
        for (Domain domain : registry.all()) {
            if (!domain.isKnown()) {
                attempt(domain.uuid(), () -> withoutGuest(domain));
            }
        }
        for (UUID uuid : stored.keySet()) {
            // A domain with a damaged definition comes back when a person has mended the file.
            boolean elsewhere = takenOver.contains(uuid)
                    || unclear.contains(uuid)
                    || registry.find(uuid).isPresent();
            if (!elsewhere && !defined.test(uuid)) {
                attempt(uuid, () -> transientWithoutGuest(uuid));
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

    /** For a guest whose own copy of its definition is damaged. */
    private Optional<DomainDocument> definition(UUID uuid) {
        return Optional.ofNullable(stored.get(uuid))
                .flatMap(StoredIntent::definition)
                .or(() -> registry.find(uuid).map(domain -> domain.status().config()));
    }

    private void found(Adopted adopted) {
        attempt(adopted.uuid(), () -> {
            if (adopted instanceof Adopted.Running running) {
                running(running);
            } else if (adopted instanceof Adopted.Ended ended) {
                ended(ended);
            } else if (adopted instanceof Adopted.Removed removed) {
                cutOff.put(removed.uuid(), removed.what());
                log.warn("domain {}: its launch was cut off when the daemon ended: {}", removed.uuid(), removed.what());
            } else if (adopted instanceof Adopted.Unclear unknown) {
                throw new EngineException(
                        ErrorCode.INTERNAL_ERROR, "its record cannot be read: " + unknown.why(), unknown.why());
            }
        });
    }

    /** A domain that cannot be taken over cannot be changed until the daemon is started again. */
    private void attempt(UUID uuid, Runnable act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            unclear.add(uuid);
            log.error("domain {} cannot be taken over", uuid, e);
            registry.find(uuid).ifPresent(domain -> domain.known().completeExceptionally(e));
        }
    }

    private void running(Adopted.Running found) {
        Guest guest = found.guest();
        volumes.retake(found.uuid(), guest.definition().definition().devices().volumes());
        LaunchTerms terms = new LaunchTerms(false, false, found.autodestroy(), false);
        Life life = adopt(found.uuid(), guest.definition(), guest, terms);
        log.info("domain '{}' still runs as process {}", life.domain().status().name(), guest.id());
        found.exit()
                .whenComplete((exit, failure) ->
                        ends.ended(life, failure == null ? exit : new GuestExit(GuestExit.UNKNOWN, clock.instant())));
        goOn(life);
    }

    /** Does what the guest's owner would want, or what an earlier daemon was asked to do. */
    private void goOn(Life life) {
        Domain domain = life.domain();
        dieWithOwner(life);
        Ask pending = domain.intent().pending();
        if (pending == Ask.DESTROY || pending == Ask.HALT) {
            threads.run(() -> requests.destroyQuietly(domain, life));
        } else if (pending == Ask.RESET) {
            threads.run(() -> requests.resetQuietly(domain, life));
        } else if (pending == Ask.REVERT) { // nothing is reverted yet, and the client has got no answer
            domain.intend(Intent::released);
        }
    }

    private void ended(Adopted.Ended found) {
        Intent intent = registry.find(found.uuid())
                .map(Domain::intent)
                .orElseGet(() -> stored.containsKey(found.uuid())
                        ? stored.get(found.uuid()).intent()
                        : Intent.NONE);
        boolean ofAnotherBoot = intent.request().isPresent() && !intents.isOfThisBoot(intent);
        if (intent.isSettled() || intent.pending() == Ask.REVERT || ofAnotherBoot) {
            // The end is dealt with, or belongs to a revert that goes on, or is the host's.
            ends.forget(found.uuid());
            return;
        }
        Life life = adopt(found.uuid(), found.definition(), null, intent.terms());
        boolean first;
        synchronized (life.domain()) {
            first = life.ended(found.exit());
        }
        if (first) {
            if (ExitVerdict.of(found.exit(), life.domain().intent(), found.definition())
                    .restart()) {
                dieWithOwner(life);
            }
            ends.follow(life);
        }
    }

    /** A guest that should have died with its client's connection is destroyed, and no other one follows it. */
    private void dieWithOwner(Life life) {
        if (life.terms().autodestroy()) {
            Request request = intents.request(Ask.DESTROY, Request.By.DAEMON);
            life.domain().intend(intent -> intent.asked(request));
        }
    }

    /** Shows the domain as running; if the guest has ended, handles its end. */
    private Life adopt(UUID uuid, DomainDocument definition, Guest guest, LaunchTerms terms) {
        takenOver.add(uuid);
        Domain domain = domainOf(uuid, definition);
        Life life = Life.adopted(domain, definition, guest, terms);
        synchronized (domain) {
            int id = guest == null ? DomainStatus.NO_ID : guest.id();
            Instant bootedAt = guest == null ? null : startOf(guest.id());
            boolean suspended = guest != null && guest.suspended();
            domain.adopt(life);
            domain.intend(Intent::foundRunning);
            domain.change(status -> status.running(status.state().foundRunning(suspended), id, definition, bootedAt));
            registry.index(domain, DomainStatus.NO_ID, id);
            registry.show(domain);
        }
        domain.known().complete(null);
        return life;
    }

    private Domain domainOf(UUID uuid, DomainDocument definition) {
        return registry.find(uuid).orElseGet(() -> {
            Domain domain = registry.adoptTransient(uuid, definition.name());
            Optional.ofNullable(stored.get(uuid)).ifPresent(one -> domain.intend(none -> one.intent()));
            return domain;
        });
    }

    private Instant startOf(int pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .orElseGet(clock::instant);
    }

    private void withoutGuest(Domain domain) {
        DomainDocument config = domain.status().config();
        DomainDocument definition = Optional.ofNullable(stored.get(domain.uuid()))
                .flatMap(StoredIntent::definition)
                .filter(one -> domain.intent().pending() != Ask.REVERT) // that one runs with the snapshot's
                .orElse(config);
        if (!resumption.resume(domain, definition, Optional.ofNullable(cutOff.get(domain.uuid())))) {
            StopReason reason =
                    domain.intent().lastEnd().map(end -> end.reason()).orElse(StopReason.UNKNOWN);
            domain.change(status -> status.withState(status.state().foundOff(reason)));
        }
        domain.known().complete(null);
    }

    private void transientWithoutGuest(UUID uuid) {
        StoredIntent found = stored.get(uuid);
        if (found.definition().isEmpty() || !resumption.wants(found.intent())) {
            log.info("forgetting what was asked of domain {}, which is gone", uuid);
            intents.remove(uuid);
            return;
        }
        DomainDocument definition = found.definition().get();
        Domain domain = domainOf(uuid, definition);
        resumption.resume(domain, definition, Optional.empty());
        registry.show(domain);
        domain.known().complete(null);
    }
}

package io.fairlead.core.domain;

import io.fairlead.core.intent.StopReason;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All domains. Reads take no lock: they use concurrent maps and an immutable list. The one lock here guards the taken
 * names and uuids. It is held for a few map operations, never during anything else.
 */
public final class DomainRegistry {
    private final EngineTimes times;
    private final Map<UUID, Domain> visible = new ConcurrentHashMap<>();
    private final Map<String, Domain> visibleNames = new ConcurrentHashMap<>();
    private final Map<Integer, Domain> ids = new ConcurrentHashMap<>();
    private volatile List<Domain> sorted; // null until it is made
    private volatile long changes;
    private final Map<UUID, Domain> claimed = new HashMap<>(); // guarded by this, like all fields below
    private final Map<String, Domain> names = new HashMap<>();

    public DomainRegistry(EngineTimes times) {
        this.times = times;
    }

    /** Every domain, sorted by name. */
    public List<Domain> all() {
        List<Domain> known = sorted;
        if (known != null) {
            return known;
        }
        long seen = changes;
        List<Domain> made = visible.values().stream()
                .map(domain -> Map.entry(domain.status().name(), domain))
                .sorted(Comparator.comparing(Map.Entry<String, Domain>::getKey))
                .map(Map.Entry::getValue)
                .toList();
        keep(made, seen);
        return made;
    }

    public Optional<Domain> find(UUID uuid) {
        return Optional.ofNullable(visible.get(uuid));
    }

    public Optional<Domain> find(String name) {
        return Optional.ofNullable(visibleNames.get(name));
    }

    public Optional<Domain> find(int id) {
        return Optional.ofNullable(ids.get(id));
    }

    /**
     * As {@link #find(UUID)}.
     *
     * @throws io.fairlead.kit.error.EngineException NO_DOMAIN
     */
    public Domain get(UUID uuid) {
        return find(uuid).orElseThrow(() -> Refusals.noUuid(uuid));
    }

    /** As {@link #get(UUID)}, by name. */
    public Domain get(String name) {
        return find(name).orElseThrow(() -> Refusals.noName(name));
    }

    /** As {@link #get(UUID)}, by the id of an active domain. */
    public Domain get(int id) {
        return find(id).orElseThrow(() -> Refusals.noId(id));
    }

    /**
     * The domain of that uuid and name: the existing one, else a new one that is invisible until {@link #show}. The
     * rules are libvirt's (virDomainObjListAdd): a uuid has one name, and a name one uuid.
     */
    public synchronized Domain claim(UUID uuid, String name) {
        Domain known = claimed.get(uuid);
        if (known != null) {
            if (!known.status().name().equals(name)) {
                throw Refusals.definedWithUuid(known.status().name(), uuid);
            }
            return known;
        }
        Domain other = names.get(name);
        if (other != null) {
            throw Refusals.existsWithUuid(name, other.uuid());
        }
        return add(
                DomainStatus.blank(uuid, name, new DomainState.ShutOff(StopReason.UNKNOWN)),
                CompletableFuture.completedFuture(null));
    }

    /** Adds the domains loaded from disk, all at once, before any other thread uses this object. */
    public synchronized void load(Collection<DomainStatus> statuses) {
        for (DomainStatus status : statuses) {
            show(add(status, new CompletableFuture<>()));
        }
    }

    /**
     * A transient domain that an earlier daemon started. Another domain can have its name only if a person edited the
     * daemon's files. It then gets a name made from its uuid, because clients must be able to reach it.
     */
    public synchronized Domain adoptTransient(UUID uuid, String name) {
        String free = names.containsKey(name) ? "%s-%s".formatted(name, uuid) : name;
        return add(DomainStatus.blank(uuid, free, new DomainState.Unknown()), new CompletableFuture<>());
    }

    private Domain add(DomainStatus status, CompletableFuture<Void> known) {
        Domain domain = new Domain(status, times, known);
        claimed.put(status.uuid(), domain);
        names.put(status.name(), domain);
        return domain;
    }

    public synchronized void show(Domain domain) {
        visible.put(domain.uuid(), domain);
        visibleNames.put(domain.status().name(), domain);
        changed();
    }

    /** Takes the new name in addition to the old one; false if another domain has it. */
    public synchronized boolean claimName(Domain domain, String name) {
        return names.putIfAbsent(name, domain) == null;
    }

    public synchronized void freeName(Domain domain, String name) {
        names.remove(name, domain);
    }

    /** Frees the old name. The domain's status already carries the new one. */
    public synchronized void renamed(Domain domain, String oldName) {
        visibleNames.put(domain.status().name(), domain);
        visibleNames.remove(oldName, domain);
        names.remove(oldName, domain);
        changed();
    }

    public synchronized void drop(Domain domain) {
        String name = domain.status().name();
        claimed.remove(domain.uuid(), domain);
        names.remove(name, domain);
        visible.remove(domain.uuid(), domain);
        visibleNames.remove(name, domain);
        domain.leave();
        changed();
    }

    public void index(Domain domain, int oldId, int newId) {
        if (oldId != DomainStatus.NO_ID) {
            ids.remove(oldId, domain);
        }
        if (newId != DomainStatus.NO_ID) {
            ids.put(newId, domain);
        }
    }

    private void changed() {
        changes++;
        sorted = null;
    }

    /** A list made during a change may be returned to this caller, but must not be kept for the next. */
    private synchronized void keep(List<Domain> made, long seen) {
        if (seen == changes) {
            sorted = made;
        }
    }
}

package io.fairlead.storage.pool;

import io.fairlead.core.volume.MountSpec;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.xml.domain.model.VolumeSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which guest uses which volume. A volume is activated for its first guest and deactivated after its last. Trees and
 * devices may be shared, since the kernel keeps one view of them. A file with a file system in it may not be shared,
 * since each loop device would be a separate view.
 *
 * <p>Threads: any; guests of different volumes do not wait for each other.
 */
@SuppressWarnings("try") // the variable only holds the lock
public final class GuestVolumes implements VolumeResolver {
    private static final Logger LOG = LoggerFactory.getLogger(GuestVolumes.class);

    private final PoolRegistry registry;
    private final VolumeLookups lookups;
    private final Map<VolumeSource, Holding> holdings = new ConcurrentHashMap<>();
    private final Map<UUID, Set<VolumeSource>> byGuest = new ConcurrentHashMap<>();

    /** The guests of one volume; also serves as their lock. */
    private static final class Holding {
        private final Set<UUID> guests = new HashSet<>();
        private boolean activated; // false while its pool has not come up after a start of the daemon
        private boolean dropped;
    }

    GuestVolumes(PoolRegistry registry, VolumeLookups lookups) {
        this.registry = registry;
        this.lookups = lookups;
    }

    @Override
    public Map<VolumeSource, MountSpec> acquire(UUID guest, Collection<VolumeSource> volumes) {
        Map<VolumeSource, MountSpec> ready = new HashMap<>();
        Set<VolumeSource> had = byGuest.getOrDefault(guest, Set.of());
        try {
            for (VolumeSource volume : volumes) {
                ready.put(volume, take(guest, volume));
            }
        } catch (RuntimeException e) {
            ready.keySet().stream().filter(volume -> !had.contains(volume)).forEach(volume -> leave(guest, volume));
            throw e;
        }
        had.stream().filter(volume -> !ready.containsKey(volume)).forEach(volume -> leave(guest, volume));
        note(guest, ready.keySet());
        return ready;
    }

    @Override
    public void retake(UUID guest, Collection<VolumeSource> volumes) {
        volumes.forEach(volume -> retake(guest, volume));
        note(guest, Set.copyOf(volumes));
    }

    /**
     * From here on the guest holds the volume, so it may not be deleted. Either a pool that comes up meanwhile is seen
     * here, or its start sees this holding.
     */
    private void retake(UUID guest, VolumeSource source) {
        withHolding(source, holding -> {
            holding.guests.add(guest);
            registry.find(source.pool())
                    .filter(pool -> pool.status().active())
                    .ifPresentOrElse(
                            pool -> takeUp(pool, source, holding),
                            () -> LOG.error(
                                    "domain {} runs on volume {}, whose pool is not active: it is taken up when the pool comes up",
                                    guest,
                                    source));
            return null;
        });
    }

    /** Under the lock of the volume's holding, a new one if it has none. */
    private <T> T withHolding(VolumeSource source, Function<Holding, T> act) {
        while (true) {
            Holding holding = holdings.computeIfAbsent(source, any -> new Holding());
            synchronized (holding) {
                if (!holding.dropped) {
                    return act.apply(holding);
                }
            }
        }
    }

    /** Takes up the volumes in it that guests run on. */
    void poolStarted(Pool pool) {
        holdings.forEach((source, holding) -> {
            if (source.pool().equals(pool.name())) {
                synchronized (holding) {
                    takeUp(pool, source, holding);
                }
            }
        });
    }

    private static void takeUp(Pool pool, VolumeSource source, Holding holding) {
        if (holding.activated || holding.dropped) {
            return;
        }
        try {
            pool.active().backend().activate(source.volume());
            holding.activated = true;
        } catch (EngineException e) {
            LOG.error("volume {}, on which a domain runs, cannot be taken up: {}", source, e.getMessage(), e);
        }
    }

    @Override
    public void release(UUID guest) {
        Set<VolumeSource> volumes = byGuest.remove(guest);
        if (volumes != null) {
            volumes.forEach(volume -> leave(guest, volume));
        }
    }

    /** Whether any guest has the volume. */
    boolean isHeld(Pool pool, String volume) {
        return holdings.containsKey(new VolumeSource(pool.name(), volume));
    }

    /** @throws EngineException RESOURCE_BUSY if any guest uses the volume */
    void requireFree(Pool pool, String volume) {
        if (isHeld(pool, volume)) {
            throw StorageErrors.volumeBusy(volume);
        }
    }

    /** @throws EngineException RESOURCE_BUSY if another guest than this uses the volume */
    void requireNoOther(VolumeSource volume, UUID guest) {
        Holding holding = holdings.get(volume);
        if (holding != null) {
            synchronized (holding) {
                if (holding.guests.stream().anyMatch(other -> !other.equals(guest))) {
                    throw StorageErrors.volumeBusy(volume.volume());
                }
            }
        }
    }

    private void note(UUID guest, Set<VolumeSource> volumes) {
        if (volumes.isEmpty()) {
            byGuest.remove(guest);
        } else {
            byGuest.put(guest, Set.copyOf(volumes));
        }
    }

    private MountSpec take(UUID guest, VolumeSource source) {
        Pool pool = registry.get(source.pool());
        try (VolumeJobs.Hold hold = pool.volumeJobs().read(source.volume())) {
            PoolBackend backend = pool.active().backend();
            VolumeFacts facts = lookups.byName(pool, source.volume()).facts();
            requirePlain(
                    facts.kind() == VolumeKind.FILE && !isHeld(pool, facts.name())
                            ? backend.facts(facts.name())
                            : facts);
            PoolConflicts.requireNoneIn(pool, facts.name(), registry);
            return withHolding(source, holding -> take(guest, source, holding, backend, facts));
        }
    }

    /** The kernel reads no images: a container would see the header as the disk's first bytes, and overwrite it. */
    private static void requirePlain(VolumeFacts facts) {
        if (!facts.isPlain()) {
            throw StorageErrors.of(
                    ErrorCode.CONFIG_UNSUPPORTED,
                    "volume '%s' is of format '%s', which a container cannot use (expected: raw or dir)"
                            .formatted(facts.name(), facts.format()));
        }
    }

    private MountSpec take(UUID guest, VolumeSource source, Holding holding, PoolBackend backend, VolumeFacts facts) {
        try {
            boolean others = holding.guests.stream().anyMatch(other -> !other.equals(guest));
            if (others && facts.kind() == VolumeKind.FILE) {
                throw StorageErrors.of(
                        ErrorCode.RESOURCE_BUSY,
                        "volume '%s' is a file that domain %s has already"
                                .formatted(
                                        facts.name(), holding.guests.iterator().next()));
            }
            Path path = backend.activate(facts.name());
            holding.activated = true;
            holding.guests.add(guest);
            return new MountSpec(kind(facts.kind()), path);
        } finally {
            dropIfUnused(source, holding);
        }
    }

    static MountSpec.Kind kind(VolumeKind kind) {
        return switch (kind) {
            case FILE -> MountSpec.Kind.FILE;
            case BLOCK -> MountSpec.Kind.BLOCK;
            case DIRECTORY -> MountSpec.Kind.TREE;
        };
    }

    private void leave(UUID guest, VolumeSource source) {
        Holding holding = holdings.get(source);
        if (holding == null) {
            return;
        }
        synchronized (holding) {
            if (holding.guests.remove(guest) && holding.guests.isEmpty() && holding.activated) {
                try {
                    registry.get(source.pool()).active().backend().deactivate(source.volume());
                } catch (EngineException e) {
                    LOG.error("volume {} cannot be put away: {}", source, e.getMessage(), e);
                }
            }
            dropIfUnused(source, holding);
        }
    }

    private void dropIfUnused(VolumeSource source, Holding holding) {
        if (holding.guests.isEmpty()) {
            holding.dropped = true;
            holdings.remove(source, holding);
        }
    }
}

package io.fairlead.storage.pool;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.job.JobSlot;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.xml.storage.StoragePoolDocument;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Building, starting, looking afresh, stopping and deleting pools. */
@SuppressWarnings("try") // the variable only holds the lock
public final class PoolLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PoolLifecycle.class);

    /** How long other pools, and domains, wait for a pool whose host does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PoolRegistry registry;
    private final PoolDrivers drivers;
    private final PoolStore store;
    private final EventBus events;
    private final PoolConflicts conflicts;
    private final Consumer<Pool> started;

    /** @param started told of each pool that has come up, before any other change of it */
    PoolLifecycle(
            PoolRegistry registry, PoolDrivers drivers, PoolStore store, EventBus events, Consumer<Pool> started) {
        this.started = started;
        this.registry = registry;
        this.drivers = drivers;
        this.store = store;
        this.events = events;
        this.conflicts = new PoolConflicts(registry, drivers);
    }

    public void build(Pool pool, PoolDriver.Build build) {
        try (JobSlot.Job job = pool.job().begin("build")) {
            requireInactive(pool);
            build(pool.status().definition(), build);
        }
    }

    private void build(StoragePoolDocument definition, PoolDriver.Build build) {
        conflicts.requireNone(definition);
        drivers.of(definition.type()).build(PoolSpecs.of(definition), build);
        publish(definition, PoolEvent.Change.CREATED);
    }

    /** @param build how to build it before, if at all */
    public void start(Pool pool, Optional<PoolDriver.Build> build) {
        try (JobSlot.Job job = pool.job().begin("start")) {
            requireInactive(pool);
            build.ifPresent(how -> build(pool.status().definition(), how));
            bringUp(pool);
        }
        publish(pool.status().definition(), PoolEvent.Change.STARTED);
    }

    /** Starts a pool that lasts until it is stopped, or a defined one of the same uuid and name. */
    public Pool create(StoragePoolDocument document, Optional<PoolDriver.Build> build) {
        drivers.of(document.type()).check(PoolSpecs.of(document));
        Optional<Pool> defined =
                registry.find(document.uuid()).filter(pool -> pool.name().equals(document.name()));
        Pool pool = defined.orElseGet(() -> registry.add(PoolStatus.inactive(document, false, false)));
        try {
            start(pool, build);
            return pool;
        } catch (RuntimeException e) {
            if (defined.isEmpty()) {
                registry.remove(pool);
            }
            throw e;
        }
    }

    /** The mark goes first: should we die in between, the next daemon brings the pool up, which does no harm. */
    private void bringUp(Pool pool) {
        StoragePoolDocument definition = pool.status().definition();
        PoolDriver driver = drivers.of(definition.type());
        conflicts.requireNone(definition);
        store.saveActive(definition);
        try {
            PoolBackend backend = driver.start(PoolSpecs.of(definition));
            try {
                SortedMap<String, VolumeFacts> found = scan(backend);
                pool.update(status -> status.started(backend, backend.usage(), found));
                // libvirt knows no event for a pool that fills: "refresh" tells clients to look at its numbers again.
                backend.onLevelChange(() -> levelChanged(pool));
            } catch (RuntimeException e) {
                backend.stop();
                throw e;
            }
        } catch (RuntimeException e) {
            store.deleteActive(pool.uuid());
            throw e;
        }
        started.accept(pool);
    }

    private void levelChanged(Pool pool) {
        if (pool.status().active()) {
            publishRefresh(pool);
        }
    }

    private static SortedMap<String, VolumeFacts> scan(PoolBackend backend) {
        SortedMap<String, VolumeFacts> found = new TreeMap<>();
        backend.scan().forEach(volume -> found.put(volume.name(), volume));
        return found;
    }

    /**
     * Looks at the pool's volumes afresh, and takes into use the space that its devices have gained. Volumes may be
     * made, changed, deleted and transferred meanwhile. A pool that can no longer be read is stopped, as libvirt does
     * it, unless a domain uses a volume of it.
     */
    public void refresh(Pool pool) {
        try (JobSlot.Job job = pool.job().begin("refresh")) {
            PoolBackend backend = pool.active().backend();
            pool.refreshing();
            try {
                backend.takeGrowth();
                SortedMap<String, VolumeFacts> found = scan(backend);
                pool.refreshed(backend.usage(), found);
            } catch (EngineException e) {
                stopIfLost(pool, e);
                throw e;
            } finally {
                pool.lookedAt();
            }
        }
        publishRefresh(pool);
    }

    /** A host that does not answer may yet do so. */
    private void stopIfLost(Pool pool, EngineException failure) {
        if (failure.code() != ErrorCode.SYSTEM_ERROR) {
            return;
        }
        try {
            takeDown(pool);
            LOG.error("pool '{}' is stopped: {}", pool.name(), failure.getMessage());
            publish(pool.status().definition(), PoolEvent.Change.STOPPED);
        } catch (EngineException e) {
            LOG.error("pool '{}' cannot be looked at, and stays active: {}", pool.name(), e.getMessage());
            failure.addSuppressed(e);
        }
    }

    private void publishRefresh(Pool pool) {
        events.publish(new PoolEvent.Refresh(pool.uuid(), pool.name()));
    }

    /** Takes a pool down; one without a definition is forgotten. Its volumes stay. */
    public void stop(Pool pool) {
        try (JobSlot.Job job = pool.job().begin("stop")) {
            takeDown(pool);
        }
        publish(pool.status().definition(), PoolEvent.Change.STOPPED);
    }

    private void takeDown(Pool pool) {
        PoolBackend backend = pool.active().backend();
        try (VolumeJobs.Hold all = pool.volumeJobs().all()) {
            backend.stop();
            store.deleteActive(pool.uuid());
            pool.update(PoolStatus::stopped);
            if (!pool.status().persistent()) {
                registry.remove(pool);
            }
        }
    }

    public void delete(Pool pool) {
        try (JobSlot.Job job = pool.job().begin("delete")) {
            if (pool.status().active()) {
                throw StorageErrors.of(
                        ErrorCode.OPERATION_INVALID, "storage pool '%s' is still active".formatted(pool.name()));
            }
            StoragePoolDocument definition = pool.status().definition();
            drivers.of(definition.type()).delete(PoolSpecs.of(definition));
        }
        publish(pool.status().definition(), PoolEvent.Change.DELETED);
    }

    /**
     * Brings up the pools that an earlier daemon left active. A pool that cannot come up stays inactive, with a line in
     * the log; one whose host does not answer comes up later.
     */
    void adopt() {
        PatientStarts starts = new PatientStarts();
        for (StoragePoolDocument active : store.loadActive()) {
            starts.run(active.name(), isRemote(active), () -> adopt(active));
        }
        starts.await(PATIENCE);
    }

    private void adopt(StoragePoolDocument active) {
        try {
            Pool pool = registry.find(active.uuid())
                    .orElseGet(() -> registry.add(PoolStatus.inactive(active, false, false)));
            try (JobSlot.Job job = pool.job().begin("start")) {
                bringUp(pool);
            }
        } catch (RuntimeException e) {
            LOG.error("pool '{}' was active and cannot be brought up again: {}", active.name(), said(e), trace(e));
            registry.find(active.uuid())
                    .filter(pool -> !pool.status().persistent())
                    .ifPresent(registry::remove);
        }
    }

    /** Starts the pools that are marked for it; to be called once after the host has started. */
    public void autostart() {
        PatientStarts starts = new PatientStarts();
        for (Pool pool : registry.all()) {
            if (pool.status().autostart() && !pool.status().active()) {
                starts.run(pool.name(), isRemote(pool.status().definition()), () -> autostart(pool));
            }
        }
        starts.await(PATIENCE);
    }

    private void autostart(Pool pool) {
        try {
            start(pool, Optional.empty());
        } catch (RuntimeException e) {
            LOG.error("pool '{}' cannot be started by itself: {}", pool.name(), said(e), trace(e));
        }
    }

    /** The words for a client, and those of the kernel. */
    private static String said(RuntimeException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.getMessage() : "%s (%s)".formatted(failure.getMessage(), cause.getMessage());
    }

    /** A refusal explains itself; any other failure needs its stack trace. */
    private static RuntimeException trace(RuntimeException failure) {
        return failure instanceof EngineException ? null : failure;
    }

    private boolean isRemote(StoragePoolDocument pool) {
        return drivers.find(pool.type()).filter(PoolDriver::isRemote).isPresent();
    }

    private static void requireInactive(Pool pool) {
        if (pool.status().active()) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID, "storage pool '%s' is already active".formatted(pool.name()));
        }
    }

    private void publish(StoragePoolDocument pool, PoolEvent.Change change) {
        events.publish(new PoolEvent.Lifecycle(pool.uuid(), pool.name(), change));
    }
}

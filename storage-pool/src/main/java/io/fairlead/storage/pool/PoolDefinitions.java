package io.fairlead.storage.pool;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.job.JobSlot;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.xml.storage.StoragePoolDocument;
import java.util.Optional;

/** Defines pools, and sets which of them start by themselves. */
@SuppressWarnings("try") // the variable only holds the lock
public final class PoolDefinitions {
    private final PoolRegistry registry;
    private final PoolDrivers drivers;
    private final PoolStore store;
    private final EventBus events;
    private final PoolConflicts conflicts;

    PoolDefinitions(PoolRegistry registry, PoolDrivers drivers, PoolStore store, EventBus events) {
        this.registry = registry;
        this.drivers = drivers;
        this.store = store;
        this.events = events;
        this.conflicts = new PoolConflicts(registry, drivers);
    }

    /** Adds a pool, or changes the definition of the one with that uuid and name, from its next start on. */
    public Pool define(StoragePoolDocument document) {
        drivers.of(document.type()).check(PoolSpecs.of(document));
        Optional<Pool> old =
                registry.find(document.uuid()).filter(pool -> pool.name().equals(document.name()));
        Pool pool = old.isPresent() ? redefine(old.get(), document) : add(document);
        events.publish(new PoolEvent.Lifecycle(pool.uuid(), pool.name(), PoolEvent.Change.DEFINED));
        return pool;
    }

    private Pool redefine(Pool pool, StoragePoolDocument document) {
        try (JobSlot.Job job = pool.job().begin("define")) {
            if (!pool.status().definition().type().equals(document.type())) {
                throw StorageErrors.of(
                        ErrorCode.OPERATION_FAILED,
                        "pool '%s' is of type '%s' and cannot become '%s'"
                                .formatted(
                                        pool.name(), pool.status().definition().type(), document.type()));
            }
            conflicts.requireNone(document);
            store.save(document);
            pool.update(status -> status.defined(document));
            return pool;
        }
    }

    private Pool add(StoragePoolDocument document) {
        Pool pool = registry.add(PoolStatus.inactive(document, true, false));
        try {
            conflicts.requireNone(document);
            store.save(document);
            return pool;
        } catch (RuntimeException e) {
            registry.remove(pool);
            throw e;
        }
    }

    /** Forgets an inactive pool; its content stays. */
    public void undefine(Pool pool) {
        try (JobSlot.Job job = pool.job().begin("undefine")) {
            if (pool.status().active()) {
                throw StorageErrors.of(
                        ErrorCode.OPERATION_INVALID, "storage pool '%s' is still active".formatted(pool.name()));
            }
            registry.get(pool.uuid(), pool.name());
            store.delete(pool.uuid());
            registry.remove(pool);
        }
        events.publish(new PoolEvent.Lifecycle(pool.uuid(), pool.name(), PoolEvent.Change.UNDEFINED));
    }

    public void setAutostart(Pool pool, boolean on) {
        try (JobSlot.Job job = pool.job().begin("set autostart")) {
            if (!pool.status().persistent()) {
                throw StorageErrors.of(ErrorCode.INTERNAL_ERROR, "pool has no config file");
            }
            store.setAutostart(pool.uuid(), on);
            pool.update(status -> status.withAutostart(on));
        }
    }
}

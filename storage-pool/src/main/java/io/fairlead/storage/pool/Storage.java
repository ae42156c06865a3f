package io.fairlead.storage.pool;

import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.store.StateFiles;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.xml.storage.StoragePoolDocument;
import java.nio.file.Path;

/**
 * The parts of storage that an API works with.
 *
 * @param registry lists and look-ups of pools, from memory
 * @param lookups the same for volumes
 * @param definitions defines and forgets pools
 * @param lifecycle building, starting and stopping pools
 * @param volumes changes of volumes
 * @param transfers streams into and out of volumes
 * @param guests which guest uses which volume
 * @param snapshotter volume contents kept for snapshots of domains
 * @param sources sources that pools could be made of
 */
public record Storage(
        PoolRegistry registry,
        VolumeLookups lookups,
        PoolDefinitions definitions,
        PoolLifecycle lifecycle,
        Volumes volumes,
        VolumeTransfers transfers,
        GuestVolumes guests,
        PoolSnapshotter snapshotter,
        PoolSources sources,
        PoolDrivers drivers)
        implements AutoCloseable {

    /**
     * Loads the definitions, and brings up the pools that an earlier daemon left active.
     *
     * @param events gets a {@link PoolEvent} or {@link VolumeEvent} for each change; outlives the storage
     */
    public static Storage open(Path stateDir, Path runDir, PoolDrivers drivers, StateFiles files, EventBus events) {
        PoolStore store = new PoolStore(stateDir, runDir, files);
        PoolRegistry registry = new PoolRegistry();
        for (StoragePoolDocument definition : store.loadDefinitions()) {
            registry.add(PoolStatus.inactive(definition, true, store.isAutostart(definition.uuid())));
        }
        VolumeLookups lookups = new VolumeLookups(registry);
        GuestVolumes guests = new GuestVolumes(registry, lookups);
        PoolLifecycle lifecycle = new PoolLifecycle(registry, drivers, store, events, guests::poolStarted);
        lifecycle.adopt();
        return new Storage(
                registry,
                lookups,
                new PoolDefinitions(registry, drivers, store, events),
                lifecycle,
                new Volumes(guests, registry, lookups, events),
                new VolumeTransfers(guests),
                guests,
                new PoolSnapshotter(registry, lookups, guests),
                new PoolSources(registry, drivers),
                drivers);
    }

    /** Pools stay active, for the next daemon. */
    @Override
    public void close() {
        registry.all().stream().map(Pool::status).filter(PoolStatus::active).forEach(status -> status.backend()
                .leave());
    }
}

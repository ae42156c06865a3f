package io.fairlead.storage.pool;

import io.fairlead.core.store.StateFiles;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.xml.storage.StoragePoolDocument;
import java.nio.file.Path;

/**
 * What an API works with.
 *
 * @param registry lists and look-ups of pools, from memory
 * @param lookups the same for volumes
 * @param definitions which pools there are to be
 * @param lifecycle building, starting and stopping pools
 * @param volumes changes of volumes
 * @param transfers streams into and out of volumes
 * @param guests which guest has which volume
 * @param snapshotter contents of volumes that snapshots of domains keep
 * @param sources what pools could be made of
 * @param events what happened to pools, in order
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
        PoolDrivers drivers,
        PoolEvents events)
        implements AutoCloseable {

    /** Loads what is defined, and brings up what an earlier daemon left active. */
    public static Storage open(Path stateDir, Path runDir, PoolDrivers drivers, StateFiles files) {
        PoolStore store = new PoolStore(stateDir, runDir, files);
        PoolRegistry registry = new PoolRegistry();
        PoolEvents events = new PoolEvents();
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
                new Volumes(guests, registry, lookups),
                new VolumeTransfers(guests),
                guests,
                new PoolSnapshotter(registry, lookups, guests),
                new PoolSources(registry, drivers),
                drivers,
                events);
    }

    /** Pools stay active, for the next daemon. */
    @Override
    public void close() {
        events.close();
        registry.all().stream().map(Pool::status).filter(PoolStatus::active).forEach(status -> status.backend()
                .leave());
    }
}

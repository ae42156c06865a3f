package io.fairlead.core;

import io.fairlead.core.backend.Backend;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.EngineTimes;
import io.fairlead.core.intent.IntentStore;
import io.fairlead.core.service.DomainDefinitions;
import io.fairlead.core.service.DomainGuests;
import io.fairlead.core.service.DomainLifecycle;
import io.fairlead.core.service.DomainProcesses;
import io.fairlead.core.service.DomainServices;
import io.fairlead.core.service.DomainSnapshots;
import io.fairlead.core.snapshot.SnapshotStore;
import io.fairlead.core.store.DefinitionStore;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.core.volume.VolumeSnapshotter;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.store.StateFiles;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The engine's services, as an API uses them.
 *
 * @param registry lists and look-ups, from memory
 * @param definitions persistent definitions and their editing
 * @param lifecycle starting and stopping domains, and handling the ends of guests
 * @param guests access to running guests
 * @param processes processes that are started in running guests, and what guests have written
 * @param snapshots taking, reverting and deleting snapshots
 */
public record Engine(
        DomainRegistry registry,
        DomainDefinitions definitions,
        DomainLifecycle lifecycle,
        DomainGuests guests,
        DomainProcesses processes,
        DomainSnapshots snapshots)
        implements AutoCloseable {

    /**
     * Loads the definitions below a directory; the engine can serve clients then. The caller then calls
     * {@code lifecycle().adopt()}, which finds running guests, and {@code lifecycle().autostart()}, in that order and
     * in the background.
     *
     * @param files reads and writes the files below that directory; outlives the engine
     * @param events gets a {@link io.fairlead.core.event.DomainEvent} for each change; outlives the engine
     * @param boot the host's boot id: most of what was asked in another boot is void
     */
    public static Engine open(
            Path stateDir,
            Backend backend,
            VolumeResolver volumes,
            VolumeSnapshotter snapshotter,
            StateFiles files,
            EventBus events,
            String boot) {
        return open(
                stateDir, backend, volumes, snapshotter, Clock.systemUTC(), files, events, boot, EngineTimes.DEFAULT);
    }

    /**
     * As {@link #open(Path, Backend, VolumeResolver, VolumeSnapshotter, StateFiles, EventBus, String)}, with another
     * clock and other waiting times.
     */
    public static Engine open(
            Path stateDir,
            Backend backend,
            VolumeResolver volumes,
            VolumeSnapshotter snapshotter,
            Clock clock,
            StateFiles files,
            EventBus events,
            String boot,
            EngineTimes times) {
        DomainServices services = DomainServices.open(
                new DefinitionStore(stateDir, files),
                new IntentStore(stateDir, files),
                boot,
                new SnapshotStore(stateDir, files),
                backend,
                volumes,
                snapshotter,
                events,
                clock,
                times);
        return new Engine(
                services.registry(),
                services.definitions(),
                services.lifecycle(),
                services.guests(),
                services.processes(),
                services.snapshots());
    }

    /** Ends the engine's threads. Guests keep running. */
    @Override
    public void close() {
        lifecycle.close();
    }
}

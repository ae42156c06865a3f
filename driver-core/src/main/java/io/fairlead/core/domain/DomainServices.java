package io.fairlead.core.domain;

import static java.util.stream.Collectors.toMap;

import io.fairlead.core.backend.Backend;
import io.fairlead.core.snapshot.SnapshotStore;
import io.fairlead.core.store.DefinitionStore;
import io.fairlead.core.store.LastEnd;
import io.fairlead.core.store.LoadedDomains;
import io.fairlead.core.store.StoredDomain;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.core.volume.VolumeSnapshotter;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.thread.Threads;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Builds the parts of this package that other packages use. */
public record DomainServices(
        DomainRegistry registry,
        DomainDefinitions definitions,
        DomainLifecycle lifecycle,
        DomainGuests guests,
        DomainSnapshots snapshots) {

    /** Loads the definitions. Whether a domain runs is unknown until {@link DomainLifecycle#adopt}. */
    public static DomainServices open(
            DefinitionStore store,
            SnapshotStore snapshotStore,
            Backend backend,
            VolumeResolver volumes,
            VolumeSnapshotter snapshotter,
            EventBus events,
            Clock clock,
            EngineTimes times) {
        LoadedDomains loaded = store.load();
        DomainRegistry registry = new DomainRegistry(times);
        registry.load(loaded.domains().stream().map(DomainServices::status).toList());
        Threads threads = new Threads();
        Launcher launcher = new Launcher(backend, volumes, registry, events, clock, times);
        Restarts restarts = new Restarts(launcher, threads.timer(), threads.workers());
        GuestEnds ends = new GuestEnds(backend, volumes, store, registry, events, clock, restarts);
        GuestRequests requests = new GuestRequests(ends, restarts, events, times);
        Starts starts = new Starts(launcher, ends, requests, threads.workers());
        SnapshotTaking taking = new SnapshotTaking(snapshotStore, snapshotter, requests);
        SnapshotReverting reverting = new SnapshotReverting(snapshotStore, store, snapshotter, events);
        SnapshotDeletion deletion = new SnapshotDeletion(snapshotStore, snapshotter);
        SnapshotRepair repair = new SnapshotRepair(snapshotStore, requests, taking, reverting, deletion);
        repair.load(registry, store);
        Adoption adoption = new Adoption(
                registry,
                backend,
                volumes,
                ends,
                orphan -> threads.workers().execute(() -> requests.destroyQuietly(orphan, orphan.life())),
                lastEnds(loaded),
                clock,
                times.adoption());
        return new DomainServices(
                registry,
                new DomainDefinitions(registry, store, events, adoption, repair, loaded.damaged()),
                new DomainLifecycle(registry, backend, starts, repair, requests, adoption, threads),
                new DomainGuests(),
                new DomainSnapshots(
                        backend,
                        snapshotStore,
                        snapshotter,
                        clock,
                        requests,
                        taking,
                        reverting,
                        deletion,
                        repair,
                        starts));
    }

    private static DomainStatus status(StoredDomain stored) {
        return DomainStatus.blank(stored.uuid(), stored.definition().name(), new DomainState.Unknown())
                .withConfig(stored.definition())
                .withAutostart(stored.autostart());
    }

    private static Map<UUID, LastEnd> lastEnds(LoadedDomains loaded) {
        return loaded.domains().stream()
                .filter(stored -> stored.lastEnd() != null)
                .collect(toMap(StoredDomain::uuid, StoredDomain::lastEnd));
    }
}

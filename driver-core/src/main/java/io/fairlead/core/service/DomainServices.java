package io.fairlead.core.service;

import io.fairlead.core.backend.Backend;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.DomainState;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.EngineTimes;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.IntentStore;
import io.fairlead.core.intent.LoadedIntents;
import io.fairlead.core.intent.StoredIntent;
import io.fairlead.core.life.GuestEnds;
import io.fairlead.core.life.GuestRequests;
import io.fairlead.core.life.IntentKeeper;
import io.fairlead.core.life.Launcher;
import io.fairlead.core.life.RestartPacer;
import io.fairlead.core.life.Restarts;
import io.fairlead.core.life.Starts;
import io.fairlead.core.snapshot.SnapshotStore;
import io.fairlead.core.snapshot.change.SnapshotDeletion;
import io.fairlead.core.snapshot.change.SnapshotRepair;
import io.fairlead.core.snapshot.change.SnapshotReverting;
import io.fairlead.core.snapshot.change.SnapshotTaking;
import io.fairlead.core.store.DefinitionStore;
import io.fairlead.core.store.LoadedDomains;
import io.fairlead.core.store.StoredDomain;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.core.volume.VolumeSnapshotter;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.store.DamagedFile;
import io.fairlead.kit.thread.Threads;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Builds the parts of this package that other packages use. */
public record DomainServices(
        DomainRegistry registry,
        DomainDefinitions definitions,
        DomainLifecycle lifecycle,
        DomainGuests guests,
        DomainProcesses processes,
        DomainSnapshots snapshots) {

    /**
     * Loads the definitions and intents. Whether a domain runs is unknown until {@link DomainLifecycle#adopt}.
     *
     * @param boot the host's boot id
     */
    public static DomainServices open(
            DefinitionStore store,
            IntentStore intentStore,
            String boot,
            SnapshotStore snapshotStore,
            Backend backend,
            VolumeResolver volumes,
            VolumeSnapshotter snapshotter,
            EventBus events,
            Clock clock,
            EngineTimes times) {
        LoadedDomains loaded = store.load();
        LoadedIntents asked = intentStore.load();
        Map<UUID, StoredIntent> stored = inThisBoot(asked.intents(), boot, clock);
        DomainRegistry registry = new DomainRegistry(times);
        registry.load(loaded.domains().stream().map(one -> status(one, stored)).toList());
        Threads threads = new Threads();
        IntentKeeper intents = new IntentKeeper(intentStore, threads, clock, boot);
        RestartPacer pacer = new RestartPacer(times);
        Launcher launcher = new Launcher(backend, volumes, registry, events, intents, clock, times);
        Restarts restarts = new Restarts(launcher, threads);
        GuestEnds ends = new GuestEnds(backend, volumes, intents, registry, events, pacer, restarts);
        GuestRequests requests = new GuestRequests(ends, restarts, events, intents, times);
        Starts starts = new Starts(launcher, ends, requests, intents, threads);
        SnapshotTaking taking = new SnapshotTaking(snapshotStore, snapshotter, requests);
        SnapshotReverting reverting = new SnapshotReverting(snapshotStore, store, snapshotter, events);
        SnapshotDeletion deletion = new SnapshotDeletion(snapshotStore, snapshotter);
        SnapshotRepair repair = new SnapshotRepair(snapshotStore, requests, taking, reverting, deletion);
        repair.load(registry, store);
        Adoption adoption = new Adoption(
                registry,
                backend,
                volumes,
                intents,
                ends,
                requests,
                new Resumption(volumes, intents, pacer, ends, restarts, repair),
                threads,
                stored,
                store::has,
                clock,
                times.adoption());
        return new DomainServices(
                registry,
                new DomainDefinitions(registry, store, intents, events, adoption, repair, damaged(loaded, asked)),
                new DomainLifecycle(registry, backend, starts, repair, requests, adoption, restarts, intents, threads),
                new DomainGuests(),
                new DomainProcesses(backend),
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

    private static DomainStatus status(StoredDomain stored, Map<UUID, StoredIntent> intents) {
        StoredIntent intent = intents.get(stored.uuid());
        return DomainStatus.blank(stored.uuid(), stored.definition().name(), new DomainState.Unknown())
                .withConfig(stored.definition())
                .withAutostart(stored.autostart())
                .withIntent(intent == null ? Intent.NONE : intent.intent());
    }

    private static Map<UUID, StoredIntent> inThisBoot(Map<UUID, StoredIntent> stored, String boot, Clock clock) {
        Map<UUID, StoredIntent> seen = new HashMap<>(stored);
        seen.replaceAll((uuid, one) -> one.intent().isOfBoot(boot)
                ? one
                : new StoredIntent(one.intent().afterReboot(clock.instant()), one.definition()));
        return seen;
    }

    private static List<DamagedFile> damaged(LoadedDomains domains, LoadedIntents intents) {
        List<DamagedFile> damaged = new ArrayList<>(domains.damaged());
        damaged.addAll(intents.damaged());
        return damaged;
    }
}

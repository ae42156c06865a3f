package io.fairlead.core.snapshot.change;

import io.fairlead.core.domain.DefinitionEdits;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.event.LifecycleChange;
import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.core.snapshot.SnapshotStore;
import io.fairlead.core.store.DefinitionStore;
import io.fairlead.core.volume.VolumeSnapshotter;
import io.fairlead.kit.event.EventBus;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.VolumeSource;
import java.util.Optional;

/**
 * Restores the volumes and the definition of an inactive domain from a snapshot. The intent is on disk before the first
 * volume is touched. The domain does not start before the last volume is restored, so that it never runs on a mixture.
 */
public final class SnapshotReverting {
    private final SnapshotStore store;
    private final DefinitionStore definitions;
    private final VolumeSnapshotter volumes;
    private final EventBus events;

    public SnapshotReverting(
            SnapshotStore store, DefinitionStore definitions, VolumeSnapshotter volumes, EventBus events) {
        this.store = store;
        this.definitions = definitions;
        this.volumes = volumes;
        this.events = events;
    }

    /** Refuses a snapshot with a missing part, or with a volume that another guest uses, before anything is touched. */
    public void check(Snapshot snapshot) {
        for (VolumeSource volume : snapshot.volumes()) {
            if (!volumes.has(volume, snapshot.contentId(volume))) {
                throw SnapshotRefusals.invalid("snapshot '%s' cannot be reverted to: volume %s has lost what it kept"
                        .formatted(snapshot.name(), volume));
            }
            volumes.requireNoOther(volume, snapshot.domain());
        }
    }

    /**
     * Begins a revert: from here on {@link #finish} has to follow before the domain starts. The caller holds the job of
     * the domain, which is off.
     */
    public void begin(Domain domain, Snapshot snapshot) {
        store.saveReverting(domain.uuid(), Optional.of(snapshot.name()));
        domain.book(domain.book().withReverting(Optional.of(snapshot.name())));
    }

    /** Continues at any point: restoring a volume twice is the same as once. */
    public void finish(Domain domain, Snapshot snapshot) {
        for (VolumeSource volume : snapshot.volumes()) {
            volumes.revert(volume, snapshot.contentId(volume));
        }
        restore(domain, snapshot);
        store.saveCurrent(domain.uuid(), Optional.of(snapshot.name()));
        domain.book(domain.book().with(domain.snapshots().withCurrent(snapshot.name())));
        store.saveReverting(domain.uuid(), Optional.empty());
        domain.book(domain.book().withReverting(Optional.empty()));
    }

    /** The domain keeps its present name: another domain may have the old one by now. */
    private void restore(Domain domain, Snapshot snapshot) {
        DomainDocument config = DefinitionEdits.renamed(
                snapshot.document().config(), domain.status().name());
        if (config.equals(domain.status().config())) {
            return;
        }
        definitions.save(config);
        synchronized (domain) {
            domain.change(status -> status.withConfig(config));
            DomainStatus now = domain.status();
            events.publish(LifecycleChange.DEFINED_FROM_SNAPSHOT.of(now.uuid(), now.name(), now.id()));
        }
    }
}

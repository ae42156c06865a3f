package io.fairlead.core.snapshot.change;

import io.fairlead.core.backend.FrozenFilesystems;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.domain.Life;
import io.fairlead.core.life.GuestRequests;
import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.core.snapshot.SnapshotStore;
import io.fairlead.core.volume.MountSpec;
import io.fairlead.core.volume.VolumeSnapshotter;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.Filesystem;
import io.fairlead.xml.domain.model.VolumeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Freezes the volumes of one snapshot, all at the same moment: a running guest is paused meanwhile. The intent is on
 * disk before the first act, so that {@link #clear} can remove an unfinished snapshot of a killed daemon.
 */
@SuppressWarnings("try") // the variable only holds the frozen file systems
public final class SnapshotTaking {
    private final SnapshotStore store;
    private final VolumeSnapshotter volumes;
    private final GuestRequests requests;

    public SnapshotTaking(SnapshotStore store, VolumeSnapshotter volumes, GuestRequests requests) {
        this.requests = requests;
        this.store = store;
        this.volumes = volumes;
    }

    /** Writes the intent to disk. */
    public void intend(Snapshot intent) {
        store.save(intent);
    }

    /** Freezes all volumes. @param life the domain's; null if it is off */
    public void take(Snapshot intent, Life life) {
        if (intent.stage() == Snapshot.Stage.TAKING_FROZEN) {
            requests.whileSuspended(life, () -> takeAll(intent, life.guest()));
        } else {
            takeAll(intent, life == null ? null : life.guest());
        }
    }

    /** @return the snapshot as it is kept */
    public Snapshot keep(Snapshot intent) {
        Snapshot kept = intent.at(Snapshot.Stage.KEPT);
        store.save(kept);
        return kept;
    }

    private void takeAll(Snapshot snapshot, Guest guest) {
        List<String> onFiles =
                guest == null ? List.of() : targets(snapshot.document().domain(), this::isFile);
        if (onFiles.isEmpty()) {
            takeAll(snapshot);
            return;
        }
        try (FrozenFilesystems frozen = guest.freezeFilesystems(onFiles)) {
            takeAll(snapshot);
        }
    }

    private void takeAll(Snapshot snapshot) {
        for (VolumeSource volume : snapshot.volumes()) {
            volumes.take(volume, snapshot.contentId(volume));
        }
    }

    /** The mount points of file systems that only the guest has mounted: nothing else would write them out. */
    private static List<String> targets(DomainDocument definition, Predicate<VolumeSource> which) {
        List<String> targets = new ArrayList<>();
        for (Filesystem filesystem : definition.definition().devices().filesystems()) {
            if (filesystem.volume().filter(which).isPresent() && !filesystem.readonly()) {
                targets.add(filesystem.target());
            }
        }
        // The deepest first: freezing a file system whose file lies on a frozen one would wait for it.
        Collections.sort(targets, Collections.reverseOrder());
        return targets;
    }

    private boolean isFile(VolumeSource volume) {
        return volumes.kind(volume) == MountSpec.Kind.FILE;
    }

    /** Removes the remains of an unfinished snapshot, once the guest's file systems can be written again. */
    void clear(Snapshot unfinished, Guest guest) {
        if (guest != null) {
            // Whatever the kind of volume: its pool may be down, and the guest must not wait for it.
            guest.thawFilesystems(targets(unfinished.document().domain(), volume -> true));
        }
        for (VolumeSource volume : unfinished.volumes()) {
            volumes.delete(volume, unfinished.contentId(volume));
        }
        store.delete(unfinished);
    }
}

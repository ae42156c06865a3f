package io.fairlead.core.snapshot.change;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.core.snapshot.SnapshotBook;
import io.fairlead.core.snapshot.SnapshotStore;
import io.fairlead.core.snapshot.SnapshotTree;
import io.fairlead.core.volume.VolumeSnapshotter;
import io.fairlead.xml.domain.model.VolumeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes snapshots out of a domain's tree. A deleted snapshot's children become children of its parent, and if it was
 * the current one, its parent becomes that.
 */
public final class SnapshotDeletion {
    private final SnapshotStore store;
    private final VolumeSnapshotter volumes;

    public SnapshotDeletion(SnapshotStore store, VolumeSnapshotter volumes) {
        this.store = store;
        this.volumes = volumes;
    }

    /**
     * Deletes the requested snapshots, children before their parents. The caller holds the domain's job.
     *
     * @param self the snapshot itself
     * @param descendants all that were made after it
     * @param contents whether the kept contents of volumes are deleted, too
     */
    public void delete(Domain domain, Snapshot snapshot, boolean self, boolean descendants, boolean contents) {
        List<Snapshot> doomed = new ArrayList<>();
        if (self) {
            doomed.add(snapshot);
        }
        if (descendants) {
            doomed.addAll(domain.snapshots().descendants(snapshot.name()));
        }
        Collections.reverse(doomed);
        doomed.forEach(one -> delete(domain, one.name(), contents));
    }

    private void delete(Domain domain, String name, boolean contents) {
        Snapshot snapshot = domain.snapshots().find(name).orElseThrow();
        if (contents) {
            drop(domain, snapshot);
        } else {
            forget(domain, snapshot);
        }
    }

    /**
     * Drops one snapshot, or continues a deletion that an earlier daemon did not finish. If this throws, the
     * deletion can be repeated.
     */
    void drop(Domain domain, Snapshot snapshot) {
        Snapshot dropping = snapshot.at(Snapshot.Stage.DROPPING);
        store.save(dropping);
        show(domain, domain.snapshots().with(dropping));
        for (VolumeSource volume : snapshot.volumes()) {
            volumes.delete(volume, snapshot.contentId(volume));
        }
        forget(domain, dropping);
    }

    private void forget(Domain domain, Snapshot snapshot) {
        for (Snapshot child : domain.snapshots().children(snapshot.name())) {
            Snapshot moved = child.withParent(snapshot.parent());
            store.save(moved);
            show(domain, domain.snapshots().with(moved));
        }
        if (domain.snapshots()
                .current()
                .filter(current -> current.name().equals(snapshot.name()))
                .isPresent()) {
            Optional<String> next = snapshot.parent()
                    .filter(parent -> domain.snapshots().find(parent).isPresent());
            store.saveCurrent(domain.uuid(), next);
            show(domain, domain.snapshots().withCurrent(next.orElse(null)));
        }
        store.delete(snapshot);
        show(domain, domain.snapshots().without(snapshot.name()));
    }

    /** Forgets all snapshots of a domain that is no longer defined; their contents stay with the volumes. */
    void forgetAll(Domain domain) {
        SnapshotBook book = domain.book();
        if (!book.equals(SnapshotBook.EMPTY)) {
            domain.book(SnapshotBook.EMPTY);
            forgetAll(domain.uuid(), book);
        }
    }

    /** As {@link #forgetAll(Domain)}, for a domain that no longer exists. */
    void forgetAll(UUID domain, SnapshotBook book) {
        // The marks go first. A mark without a record would not be found until a later domain of that uuid has such a
        // snapshot.
        store.saveReverting(domain, Optional.empty());
        store.saveCurrent(domain, Optional.empty());
        book.unfinished().forEach(store::delete);
        book.tree().all().forEach(store::delete);
    }

    private static void show(Domain domain, SnapshotTree tree) {
        domain.book(domain.book().with(tree));
    }
}

package io.fairlead.core.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots of one domain and the unfinished work on them. Immutable.
 *
 * @param tree the finished snapshots
 * @param unfinished snapshots that an earlier daemon did not finish: their remains are removed
 * @param reverting the name of the snapshot that a revert in progress restores, or {@link #LOST}; the domain does not
 *     start before all volumes are restored
 */
public record SnapshotBook(SnapshotTree tree, List<Snapshot> unfinished, Optional<String> reverting) {
    /** Stands for a name, which is never empty, if a revert was cut off and its snapshot is no longer known. */
    public static final String LOST = "";

    public static final SnapshotBook EMPTY = new SnapshotBook(SnapshotTree.EMPTY, List.of(), Optional.empty());

    public SnapshotBook {
        unfinished = List.copyOf(unfinished);
    }

    public boolean isSettled() {
        return unfinished.isEmpty() && reverting.isEmpty();
    }

    public SnapshotBook with(SnapshotTree changed) {
        return new SnapshotBook(changed, unfinished, reverting);
    }

    public SnapshotBook withUnfinished(Snapshot snapshot) {
        List<Snapshot> more = new ArrayList<>(unfinished);
        more.add(snapshot);
        return new SnapshotBook(tree, more, reverting);
    }

    public SnapshotBook withoutUnfinished(Snapshot snapshot) {
        return new SnapshotBook(
                tree, unfinished.stream().filter(other -> other != snapshot).toList(), reverting);
    }

    public SnapshotBook withReverting(Optional<String> name) {
        return new SnapshotBook(tree, unfinished, name);
    }
}

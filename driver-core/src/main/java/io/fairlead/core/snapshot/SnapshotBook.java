package io.fairlead.core.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of one domain's snapshots. Immutable.
 *
 * @param tree those there are
 * @param unfinished those whose making a daemon did not live to finish: what there is of them goes
 * @param reverting the name of the snapshot that the domain's volumes are being given back from, or {@link #LOST}; it does
 *     not start before they all are
 */
public record SnapshotBook(SnapshotTree tree, List<Snapshot> unfinished, Optional<String> reverting) {
    /** In the place of a name, which is never empty: a revert was cut off, and nobody knows any more to which snapshot. */
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

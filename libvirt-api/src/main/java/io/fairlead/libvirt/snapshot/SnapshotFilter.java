package io.fairlead.libvirt.snapshot;

import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.core.snapshot.SnapshotTree;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.xml.snapshot.SnapshotState;
import java.util.List;

/**
 * The filter flags of a list of snapshots (virDomainSnapshotListFlags). Flags come in groups; a snapshot passes a group
 * if it fits one of the group's set flags, or if none is set.
 */
final class SnapshotFilter {
    static final int ALL = 0x7ff;

    /** In a list of all snapshots: only roots. In a list of children: all generations instead of one. */
    private static final int ROOTS_OR_DESCENDANTS = 1;

    private static final int METADATA = 1 << 1;
    private static final int LEAVES = 1 << 2;
    private static final int NO_LEAVES = 1 << 3;
    private static final int NO_METADATA = 1 << 4;
    private static final int INACTIVE = 1 << 5;
    private static final int ACTIVE = 1 << 6;
    private static final int DISK_ONLY = 1 << 7;
    private static final int INTERNAL = 1 << 8;
    private static final int EXTERNAL = 1 << 9;
    private static final int TOPOLOGICAL = 1 << 10;

    private final int flags;

    SnapshotFilter(int flags) {
        this.flags = flags;
    }

    /** The snapshots of a domain. */
    List<Snapshot> of(SnapshotTree tree) {
        return filtered(tree, Flags.has(flags, ROOTS_OR_DESCENDANTS) ? tree.roots() : tree.all());
    }

    /** The snapshots made after a given one. */
    List<Snapshot> after(SnapshotTree tree, Snapshot parent) {
        boolean all = Flags.has(flags, ROOTS_OR_DESCENDANTS);
        return filtered(tree, all ? tree.descendants(parent.name()) : tree.children(parent.name()));
    }

    private List<Snapshot> filtered(SnapshotTree tree, List<Snapshot> some) {
        List<Snapshot> found =
                some.stream().filter(snapshot -> passes(tree, snapshot)).toList();
        return Flags.has(flags, TOPOLOGICAL) ? tree.parentsFirst(found) : found;
    }

    /** Every snapshot here has metadata, and keeps its contents in the pools of its volumes. */
    private boolean passes(SnapshotTree tree, Snapshot snapshot) {
        return group(METADATA | NO_METADATA, METADATA)
                && group(LEAVES | NO_LEAVES, tree.isLeaf(snapshot) ? LEAVES : NO_LEAVES)
                && group(INACTIVE | ACTIVE | DISK_ONLY, of(snapshot.document().state()))
                && group(INTERNAL | EXTERNAL, INTERNAL);
    }

    private static int of(SnapshotState state) {
        return switch (state) {
            case RUNNING, PAUSED -> ACTIVE;
            case SHUTOFF -> INACTIVE;
            case DISK_SNAPSHOT -> DISK_ONLY;
        };
    }

    private boolean group(int group, int own) {
        return (flags & group) == 0 || Flags.has(flags, own);
    }
}

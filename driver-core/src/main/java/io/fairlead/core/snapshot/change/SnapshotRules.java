package io.fairlead.core.snapshot.change;

import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.core.snapshot.SnapshotTree;
import io.fairlead.xml.snapshot.SnapshotDocument;
import io.fairlead.xml.snapshot.SnapshotState;
import java.util.Optional;
import java.util.UUID;

/** Rules for a snapshot that a client defines, beyond valid XML. They are libvirt's (virDomainSnapshotRedefinePrep). */
public final class SnapshotRules {
    private SnapshotRules() {}

    /** @throws io.fairlead.kit.error.EngineException INVALID_ARG */
    public static void check(UUID domain, SnapshotTree tree, SnapshotDocument document) {
        checkIdentity(domain, document);
        checkParent(tree, document);
        checkState(tree.find(document.name()), document);
    }

    private static void checkIdentity(UUID domain, SnapshotDocument document) {
        if (!document.domain().uuid().equals(domain)
                || !document.config().uuid().equals(domain)) {
            throw SnapshotRefusals.argument(
                    "definition for snapshot %s must use uuid %s".formatted(document.name(), domain));
        }
    }

    private static void checkParent(SnapshotTree tree, SnapshotDocument document) {
        String name = document.name();
        document.parent().ifPresent(parent -> {
            if (parent.equals(name)) {
                throw SnapshotRefusals.argument("cannot set snapshot %s as its own parent".formatted(name));
            }
            if (tree.find(parent).isEmpty()) {
                throw SnapshotRefusals.argument("parent %s for snapshot %s not found".formatted(parent, name));
            }
            if (tree.descends(parent, name)) {
                throw SnapshotRefusals.argument("parent %s would create cycle to %s".formatted(parent, name));
            }
        });
    }

    private static void checkState(Optional<Snapshot> before, SnapshotDocument document) {
        before.map(snapshot -> snapshot.document().state()).ifPresent(state -> {
            if (isOnline(state) != isOnline(document.state())) {
                throw SnapshotRefusals.argument("cannot change between online and offline snapshot state in snapshot %s"
                        .formatted(document.name()));
            }
            if ((state == SnapshotState.DISK_SNAPSHOT) != (document.state() == SnapshotState.DISK_SNAPSHOT)) {
                throw SnapshotRefusals.argument(
                        "cannot change between disk only and full system in snapshot %s".formatted(document.name()));
            }
        });
    }

    /** Whether the domain was in a state that a revert restores. */
    public static boolean isOnline(SnapshotState state) {
        return state == SnapshotState.RUNNING || state == SnapshotState.PAUSED;
    }
}

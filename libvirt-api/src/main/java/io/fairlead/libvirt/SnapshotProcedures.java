package io.fairlead.libvirt;

import static io.fairlead.rpc.protocol.DomainSaves.DOMAIN_HAS_MANAGED_SAVE_IMAGE;
import static io.fairlead.rpc.protocol.DomainSaves.DOMAIN_MANAGED_SAVE_REMOVE;
import static io.fairlead.rpc.protocol.Snapshots.DOMAIN_HAS_CURRENT_SNAPSHOT;
import static io.fairlead.rpc.protocol.Snapshots.DOMAIN_LIST_ALL_SNAPSHOTS;
import static io.fairlead.rpc.protocol.Snapshots.DOMAIN_SNAPSHOT_CURRENT;
import static io.fairlead.rpc.protocol.Snapshots.DOMAIN_SNAPSHOT_LIST_NAMES;
import static io.fairlead.rpc.protocol.Snapshots.DOMAIN_SNAPSHOT_LOOKUP_BY_NAME;
import static io.fairlead.rpc.protocol.Snapshots.DOMAIN_SNAPSHOT_NUM;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;
import io.fairlead.core.error.ErrorDomain;
import io.fairlead.rpc.protocol.DomainSaves.DomainHasManagedSaveImageRet;
import io.fairlead.rpc.protocol.Limits;
import io.fairlead.rpc.protocol.Snapshots.DomainHasCurrentSnapshotRet;
import io.fairlead.rpc.protocol.Snapshots.DomainListAllSnapshotsRet;
import io.fairlead.rpc.protocol.Snapshots.DomainSnapshotListNamesRet;
import io.fairlead.rpc.protocol.Snapshots.DomainSnapshotNumRet;
import java.util.List;

/**
 * That a domain has no snapshot and no saved state. {@code virsh undefine} asks for both first, and removes nothing when
 * the answer is zero. Making snapshots is answered as unknown, which clients show as not supported.
 */
final class SnapshotProcedures {
    /** All of virDomainSnapshotListFlags, which filter an empty list. */
    private static final int LIST_ALL = 0x7ff;

    private final Domains domains;

    SnapshotProcedures(Domains domains) {
        this.domains = domains;
    }

    void addTo(Table table) {
        addLists(table);
        table.inline(DOMAIN_SNAPSHOT_LOOKUP_BY_NAME, (call, args) -> {
            Flags.none("virDomainSnapshotLookupByName", args.flags());
            domains.get(args.dom());
            throw NoSuch.snapshot(args.name());
        });
        table.inline(DOMAIN_HAS_CURRENT_SNAPSHOT, (call, args) -> {
            Flags.none("virDomainHasCurrentSnapshot", args.flags());
            domains.get(args.dom());
            return new DomainHasCurrentSnapshotRet(0);
        });
        table.inline(DOMAIN_SNAPSHOT_CURRENT, (call, args) -> {
            Flags.none("virDomainSnapshotCurrent", args.flags());
            domains.get(args.dom());
            throw new EngineException(
                    ErrorCode.NO_DOMAIN_SNAPSHOT,
                    ErrorDomain.DOMAIN_SNAPSHOT,
                    "the domain does not have a current snapshot",
                    null);
        });
        table.inline(DOMAIN_HAS_MANAGED_SAVE_IMAGE, (call, args) -> {
            Flags.none("virDomainHasManagedSaveImage", args.flags());
            domains.get(args.dom());
            return new DomainHasManagedSaveImageRet(0);
        });
        table.inline(DOMAIN_MANAGED_SAVE_REMOVE, (call, args) -> {
            Flags.none("virDomainManagedSaveRemove", args.flags());
            domains.get(args.dom());
            return null; // removing what is not there succeeds in libvirt, too
        });
    }

    private void addLists(Table table) {
        table.inline(DOMAIN_SNAPSHOT_NUM, (call, args) -> {
            Flags.check("virDomainSnapshotNum", args.flags(), LIST_ALL);
            domains.get(args.dom());
            return new DomainSnapshotNumRet(0);
        });
        table.inline(DOMAIN_SNAPSHOT_LIST_NAMES, (call, args) -> {
            Flags.check("virDomainSnapshotListNames", args.flags(), LIST_ALL);
            Lists.room("nameslen", args.maxnames(), Limits.DOMAIN_SNAPSHOT_LIST);
            domains.get(args.dom());
            return new DomainSnapshotListNamesRet(List.of());
        });
        table.inline(DOMAIN_LIST_ALL_SNAPSHOTS, (call, args) -> {
            Flags.check("virDomainListAllSnapshots", args.flags(), LIST_ALL);
            domains.get(args.dom());
            return new DomainListAllSnapshotsRet(List.of(), 0);
        });
    }
}

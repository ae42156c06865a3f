package io.fairlead.libvirt.snapshot;

import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_LIST_ALL_SNAPSHOTS;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_LIST_ALL_CHILDREN;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_LIST_CHILDREN_NAMES;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_LIST_NAMES;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_NUM;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_NUM_CHILDREN;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.libvirt.domain.Domains;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Lists;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.Limits;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainListAllSnapshotsRet;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotListAllChildrenRet;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotListChildrenNamesRet;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotListNamesRet;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotNumChildrenRet;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotNumRet;
import io.fairlead.rpc.protocol.SnapshotRef;
import java.util.List;

/** Lists of a domain's snapshots and of a snapshot's children, from memory. */
final class SnapshotListProcedures {
    private final SnapshotRefs refs;
    private final Domains domains;

    SnapshotListProcedures(Domains domains) {
        this.domains = domains;
        this.refs = new SnapshotRefs(domains);
    }

    void addTo(Table table) {
        addOldLists(table);
        table.inline(DOMAIN_LIST_ALL_SNAPSHOTS, (call, args) -> {
            Domain domain = domains.get(args.dom());
            List<SnapshotRef> found = refs(domain, ofDomain("virDomainListAllSnapshots", args.dom(), args.flags()));
            return new DomainListAllSnapshotsRet(args.needResults() == 0 ? List.of() : found, found.size());
        });
        table.inline(DOMAIN_SNAPSHOT_LIST_ALL_CHILDREN, (call, args) -> {
            Domain domain = domains.get(args.snapshot().dom());
            List<SnapshotRef> found =
                    refs(domain, children("virDomainSnapshotListAllChildren", args.snapshot(), args.flags()));
            return new DomainSnapshotListAllChildrenRet(args.needResults() == 0 ? List.of() : found, found.size());
        });
    }

    /** The calls of clients older than 0.9.13: a count, then names. */
    private void addOldLists(Table table) {
        table.inline(
                DOMAIN_SNAPSHOT_NUM,
                (call, args) -> new DomainSnapshotNumRet(ofDomain("virDomainSnapshotNum", args.dom(), args.flags())
                        .size()));
        table.inline(
                DOMAIN_SNAPSHOT_LIST_NAMES,
                (call, args) -> new DomainSnapshotListNamesRet(
                        names(ofDomain("virDomainSnapshotListNames", args.dom(), args.flags()), args.maxnames())));
        table.inline(
                DOMAIN_SNAPSHOT_NUM_CHILDREN,
                (call, args) -> new DomainSnapshotNumChildrenRet(
                        children("virDomainSnapshotNumChildren", args.snap(), args.flags())
                                .size()));
        table.inline(
                DOMAIN_SNAPSHOT_LIST_CHILDREN_NAMES,
                (call, args) -> new DomainSnapshotListChildrenNamesRet(names(
                        children("virDomainSnapshotListChildrenNames", args.snap(), args.flags()), args.maxnames())));
    }

    private List<Snapshot> ofDomain(String function, DomainRef domain, int flags) {
        Flags.check(function, flags, SnapshotFilter.ALL);
        return new SnapshotFilter(flags).of(domains.get(domain).snapshots());
    }

    private List<Snapshot> children(String function, SnapshotRef parent, int flags) {
        Flags.check(function, flags, SnapshotFilter.ALL);
        return new SnapshotFilter(flags).after(domains.get(parent.dom()).snapshots(), refs.get(parent));
    }

    private static List<String> names(List<Snapshot> snapshots, int room) {
        return snapshots.stream()
                .map(Snapshot::name)
                .limit(Lists.room("nameslen", room, Limits.DOMAIN_SNAPSHOT_LIST))
                .toList();
    }

    private static List<SnapshotRef> refs(Domain domain, List<Snapshot> snapshots) {
        return snapshots.stream()
                .map(snapshot -> SnapshotRefs.ref(domain, snapshot))
                .toList();
    }
}

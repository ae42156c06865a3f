package io.fairlead.libvirt.domain;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Lists;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainListCalls;
import io.fairlead.rpc.protocol.DomainListCalls.ConnectListAllDomainsArgs;
import io.fairlead.rpc.protocol.DomainListCalls.ConnectListAllDomainsRet;
import io.fairlead.rpc.protocol.DomainListCalls.ConnectListDefinedDomainsRet;
import io.fairlead.rpc.protocol.DomainListCalls.ConnectListDomainsRet;
import io.fairlead.rpc.protocol.DomainListCalls.ConnectNumOfDefinedDomainsRet;
import io.fairlead.rpc.protocol.DomainListCalls.ConnectNumOfDomainsRet;
import io.fairlead.rpc.protocol.Limits;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists of domains, and look-ups. All from memory. */
final class DomainListProcedures {
    private final DomainRegistry registry;

    DomainListProcedures(DomainRegistry registry) {
        this.registry = registry;
    }

    void addTo(Table table) {
        table.inline(DomainListCalls.CONNECT_LIST_ALL_DOMAINS, (call, args) -> listAll(args));
        addOldLists(table);
        table.inline(DomainListCalls.DOMAIN_LOOKUP_BY_ID, (call, args) -> Domains.ref(registry.get(args.id())));
        table.inline(DomainListCalls.DOMAIN_LOOKUP_BY_NAME, (call, args) -> Domains.ref(registry.get(args.name())));
        table.inline(DomainListCalls.DOMAIN_LOOKUP_BY_UUID, (call, args) -> Domains.ref(registry.get(args.uuid())));
    }

    /** The calls of clients older than 0.9.13: a count, then ids of active domains or names of inactive ones. */
    private void addOldLists(Table table) {
        table.inline(
                DomainListCalls.CONNECT_NUM_OF_DOMAINS,
                (call, none) -> new ConnectNumOfDomainsRet(
                        (int) where(DomainStatus::active).count()));
        table.inline(
                DomainListCalls.CONNECT_NUM_OF_DEFINED_DOMAINS,
                (call, none) -> new ConnectNumOfDefinedDomainsRet(
                        (int) where(s -> !s.active()).count()));
        table.inline(
                DomainListCalls.CONNECT_LIST_DOMAINS,
                (call, args) -> new ConnectListDomainsRet(where(DomainStatus::active)
                        .mapToInt(DomainStatus::id)
                        .limit(Lists.room("maxids", args.maxids(), Limits.DOMAIN_LIST))
                        .toArray()));
        table.inline(
                DomainListCalls.CONNECT_LIST_DEFINED_DOMAINS,
                (call, args) -> new ConnectListDefinedDomainsRet(where(s -> !s.active())
                        .map(DomainStatus::name)
                        .limit(Lists.room("maxnames", args.maxnames(), Limits.DOMAIN_LIST))
                        .toList()));
    }

    private ConnectListAllDomainsRet listAll(ConnectListAllDomainsArgs args) {
        Flags.check("virConnectListAllDomains", args.flags(), DomainFilter.ALL);
        DomainFilter filter = new DomainFilter(args.flags());
        Stream<DomainStatus> found =
                registry.all().stream().filter(filter::test).map(Domain::status);
        if (args.needResults() == 0) {
            return new ConnectListAllDomainsRet(List.of(), (int) found.count());
        }
        var refs = found.map(Domains::ref).toList();
        return new ConnectListAllDomainsRet(refs, refs.size());
    }

    private Stream<DomainStatus> where(Predicate<DomainStatus> filter) {
        return registry.all().stream().map(Domain::status).filter(filter);
    }
}

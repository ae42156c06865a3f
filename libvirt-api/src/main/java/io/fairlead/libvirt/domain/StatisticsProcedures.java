package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainStatisticsCalls.CONNECT_GET_ALL_DOMAIN_STATS;

import io.fairlead.libvirt.procedure.Table;

/** Counters of domains, which are not served yet. */
final class StatisticsProcedures {
    private StatisticsProcedures() {}

    static void addTo(Table table) {
        table.refused(
                CONNECT_GET_ALL_DOMAIN_STATS,
                args -> args.doms().isEmpty() ? "virConnectGetAllDomainStats" : "virDomainListGetStats");
    }
}

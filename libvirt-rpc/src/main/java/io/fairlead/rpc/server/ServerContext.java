package io.fairlead.rpc.server;

import java.util.Map;

/** What all connections of a server share. */
record ServerContext(
        ServerSettings settings,
        Map<Integer, Program> programs,
        Failures failures,
        ServerCounters counters,
        Quotas quotas) {

    static ServerContext of(ServerSettings settings, Map<Integer, Program> programs, ErrorMapper errors) {
        Quotas quotas = new Quotas(settings, new Workers(settings));
        ServerCounters counters = new ServerCounters(quotas.bytes());
        return new ServerContext(
                settings, Map.copyOf(programs), new Failures(errors, counters.failures), counters, quotas);
    }
}

package io.fairlead.rpc.server;

import java.util.Map;
import java.util.concurrent.ThreadFactory;

/** The parts that all connections of a server share. */
record ServerContext(
        ServerSettings settings,
        Map<Integer, Program> programs,
        Failures failures,
        ServerCounters counters,
        Quotas quotas) {

    /** @param readers makes the threads for read-only clients */
    static ServerContext of(
            ServerSettings settings, Map<Integer, Program> programs, ErrorMapper errors, ThreadFactory readers) {
        Quotas quotas = new Quotas(settings, new Workers(settings, readers));
        ServerCounters counters = new ServerCounters(quotas.bytes());
        return new ServerContext(
                settings, Map.copyOf(programs), new Failures(errors, counters.failures), counters, quotas);
    }
}

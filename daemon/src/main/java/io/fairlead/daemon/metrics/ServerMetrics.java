package io.fairlead.daemon.metrics;

import io.fairlead.rpc.server.ServerCounters;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** Figures about libvirt clients: their connections, calls and streams, and the memory for them. */
final class ServerMetrics implements MultiCollector {
    private static final String CONNECTIONS = "fairlead_libvirt_connections";
    private static final String CALLS = "fairlead_libvirt_calls_in_work";
    private static final String STREAMS = "fairlead_libvirt_streams";
    private static final String HELD = "fairlead_libvirt_held_bytes";
    private static final String REFUSED = "fairlead_libvirt_refused_clients";
    private static final String FAILURES = "fairlead_libvirt_unexpected_failures";
    private static final String QUEUED = "fairlead_libvirt_queued_bytes";

    private final ServerCounters counters;

    ServerMetrics(ServerCounters counters) {
        this.counters = counters;
    }

    @Override
    public MetricSnapshots collect() {
        return new Gauges()
                .about(CONNECTIONS, "connections of libvirt clients")
                .add(CONNECTIONS, counters.openConnections())
                .about(CALLS, "calls of theirs that have no answer yet")
                .add(CALLS, counters.callsInWork())
                .about(STREAMS, "consoles and transfers of theirs that are open")
                .add(STREAMS, counters.openStreams())
                .about(QUEUED, "what they have not yet taken of their answers")
                .add(QUEUED, counters.queuedBytes())
                .about(HELD, "memory for their packets, arriving, worked on or waiting to be sent")
                .add(HELD, counters.heldBytes())
                .about(REFUSED, "clients not let in since the start, because there were too many")
                .add(REFUSED, counters.refusedClients())
                .about(FAILURES, "calls since the start that failed in a way nobody expected; the log has them")
                .add(FAILURES, counters.unexpectedFailures())
                .snapshots();
    }
}

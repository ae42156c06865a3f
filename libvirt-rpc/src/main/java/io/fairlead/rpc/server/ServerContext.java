package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.ByteBudget;
import java.util.Map;

/** What all connections of a server share. */
record ServerContext(
        ServerSettings settings,
        Map<Integer, Program> programs,
        Failures failures,
        Workers workers,
        ServerCounters counters,
        ByteBudget incoming) {}

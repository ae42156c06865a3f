package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.Budget;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The resources a server holds at this moment, all zero again when every client has gone; and counts of its failures
 * since the start.
 */
public final class ServerCounters {
    final AtomicLong connections = new AtomicLong();
    final AtomicLong calls = new AtomicLong();
    final AtomicLong streams = new AtomicLong();
    final AtomicLong queuedBytes = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    private final Budget bytes;

    ServerCounters(Budget bytes) {
        this.bytes = bytes;
    }

    public long openConnections() {
        return connections.get();
    }

    /** Calls that have not been answered. */
    public long callsInWork() {
        return calls.get();
    }

    public long openStreams() {
        return streams.get();
    }

    /** Bytes that the kernel has not taken yet, of all connections. */
    public long queuedBytes() {
        return queuedBytes.get();
    }

    /** Bytes of memory for packets that arrive, are worked on or wait to be sent. */
    public long heldBytes() {
        return bytes.used();
    }

    /** Clients that were not let in because there were too many, since the start. */
    public long refusedClients() {
        return refused.get();
    }

    /** Calls and streams that failed unexpectedly, since the start; the log has them. */
    public long unexpectedFailures() {
        return failures.get();
    }
}

package io.fairlead.rpc.server;

import java.util.concurrent.atomic.AtomicLong;

/** What a server holds at this moment; all zero again when every client has gone. */
public final class ServerCounters {
    final AtomicLong connections = new AtomicLong();
    final AtomicLong calls = new AtomicLong();
    final AtomicLong streams = new AtomicLong();
    final AtomicLong queuedBytes = new AtomicLong();

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
}

package io.fairlead.rpc.server;

/** Where a handler runs. */
public enum Execution {
    /** On the connection's event loop: for handlers that only read memory. Anything slower stalls other connections. */
    INLINE,
    /** On the server's workers, where it may block. */
    WORKER,
    /**
     * On a few threads kept for calls that end others: destroy must get through when every worker is stuck in a start.
     * It may block, but not for long.
     */
    URGENT
}

package io.fairlead.rpc.server;

import io.fairlead.rpc.protocol.Message;
import io.fairlead.rpc.wire.Budget;
import java.util.concurrent.ConcurrentMap;

/** One client's connection, from accept to close. */
public interface Connection {
    /** Unique within the server's life, from 1. */
    long id();

    Peer peer();

    /** Whether procedures that write are refused: the listener says so, or {@link #restrictToReadOnly} was called. */
    boolean readOnly();

    /** Refuses procedures that write from now on. There is no way back. */
    void restrictToReadOnly();

    /** Values that other classes keep for this connection, under keys of their own. */
    ConcurrentMap<Object, Object> attributes();

    /**
     * Runs an action once when the connection has closed, on a worker; at once when it already has. Actions run one
     * after the other, in the order they were given.
     */
    void onClose(Runnable action);

    /**
     * Queues a message. Messages sent by one thread arrive in order. Never blocks: a client that lets more than
     * {@link ServerSettings#eventQueueBytes} of messages pile up is disconnected, and messages to a closed connection
     * are dropped.
     */
    <M> void send(Message<M> message, M body);

    /**
     * How many kinds of messages the clients of one user may subscribe to. The holder of a subscription takes 1, and
     * gives it back.
     */
    Budget subscriptions();

    /** Starts pinging the client; only for a client that asked for the keepalive feature. Further calls do nothing. */
    void enableKeepAlive();

    boolean isOpen();

    /**
     * Closes the connection, after the queued bytes were given to the kernel or {@link ServerSettings#closeGrace}
     * passed.
     */
    void close();
}

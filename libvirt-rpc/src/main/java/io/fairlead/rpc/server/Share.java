package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.Budget;
import java.util.concurrent.Executor;

/**
 * The joint share of all connections of one user on one kind of socket, and the threads for their work. See
 * {@link Quotas} for the amounts.
 *
 * @param connections open ones, until the work after their close is done
 * @param handshakes connections that are not admitted yet
 * @param bytes of packets that arrive, are worked on, or wait to be sent, and of streams
 * @param subscriptions kinds of messages that clients have asked for
 * @param workers for handlers that may block
 * @param urgent for {@link Execution#URGENT}
 * @param streams for blocking stream tasks; refuses with RejectedExecutionException when all its threads are taken
 */
record Share(
        Budget connections,
        Budget handshakes,
        Budget bytes,
        Budget subscriptions,
        Executor workers,
        Executor urgent,
        Executor streams,
        ClientLog log) {

    /** The threads for a kind of call, or the caller's own. */
    Executor of(Execution execution) {
        return switch (execution) {
            case INLINE -> Runnable::run;
            case WORKER -> workers;
            case URGENT -> urgent;
        };
    }
}

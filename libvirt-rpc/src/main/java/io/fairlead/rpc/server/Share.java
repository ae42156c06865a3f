package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.Budget;
import java.util.concurrent.Executor;

/**
 * What the connections of one user on one kind of socket may take together, and where their work is done. See
 * {@link Quotas} for how much that is.
 *
 * @param connections open ones, until all that follows their close is done
 * @param handshakes connections of which is not known yet whether they may be there
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

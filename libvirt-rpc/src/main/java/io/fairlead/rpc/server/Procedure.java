package io.fairlead.rpc.server;

import io.fairlead.rpc.protocol.Signature;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A procedure that a server serves: its wire signature, the threads it runs on, its action.
 *
 * <p>Whether it writes, and so is refused on a read-only connection, is a fact of the signature.
 */
public record Procedure<A, R>(Signature<A, R> signature, Execution execution, AsyncHandler<A, R> handler) {
    public Procedure {
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(handler, "handler");
    }

    /** A procedure that replies with its handler's result. */
    public static <A, R> Procedure<A, R> of(Signature<A, R> signature, Execution execution, Handler<A, R> handler) {
        return new Procedure<>(
                signature, execution, (call, args) -> CompletableFuture.completedFuture(handler.handle(call, args)));
    }

    /** A procedure that returns nothing. */
    public static <A> Procedure<A, Void> action(
            Signature<A, Void> signature, Execution execution, Handler.Action<A> handler) {
        return of(signature, execution, (call, args) -> {
            handler.handle(call, args);
            return null;
        });
    }

    /** A procedure whose reply comes later; its handler runs on the event loop. */
    public static <A, R> Procedure<A, R> async(Signature<A, R> signature, AsyncHandler<A, R> handler) {
        return new Procedure<>(signature, Execution.INLINE, handler);
    }
}

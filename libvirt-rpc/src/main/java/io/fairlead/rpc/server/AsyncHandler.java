package io.fairlead.rpc.server;

import java.util.concurrent.CompletionStage;

/** A handler that returns at once, on the event loop, and replies when the stage completes, on any thread. */
@FunctionalInterface
public interface AsyncHandler<A, R> {
    CompletionStage<R> handle(Call call, A args) throws Exception;
}

package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns any failure into the client's error, and logs unexpected ones. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final ErrorMapper mapper;
    private final AtomicLong unexpected;

    /** @param unexpected counts unexpected failures */
    Failures(ErrorMapper mapper, AtomicLong unexpected) {
        this.mapper = mapper;
        this.unexpected = unexpected;
    }

    /** @param what for the log: the failed action and its client */
    RpcError toError(Throwable failure, Object what, ClientLog log) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof RpcException e) {
            return e.error();
        }
        RpcError error = mapped(cause);
        if (error != null) {
            return error;
        }
        unexpected.incrementAndGet();
        log.error("{} failed", what, cause);
        return RpcError.of(
                RpcError.INTERNAL_ERROR, RpcError.FROM_RPC, "internal error: unexpected failure, see the server's log");
    }

    private RpcError mapped(Throwable cause) {
        try {
            return mapper.map(cause);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("cannot map {}", cause.getClass().getName(), e);
            return null;
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && failure.getCause() != null ? failure.getCause() : failure;
    }
}

package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.RpcError;

/** How failures of handlers look to clients. */
@FunctionalInterface
public interface ErrorMapper {
    /**
     * Returns null for a failure that should not happen: it is logged with its stack and answered as an internal error.
     * An {@link io.fairlead.rpc.wire.RpcException} is not asked about.
     */
    RpcError map(Throwable failure);
}

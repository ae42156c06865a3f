package io.fairlead.rpc.server;

import io.fairlead.rpc.protocol.AuthenticationCalls;
import io.fairlead.rpc.protocol.AuthenticationCalls.AuthListRet;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import java.util.List;

/**
 * The procedures of a server that trusts its sockets: the mode of a unix socket, or a client's certificate, decides
 * which clients may connect. "None" is offered, and every other way is refused.
 */
public final class NoAuthentication {
    private static final int AUTH_NONE = 0;
    private static final int FROM_RPC = RpcError.FROM_RPC;

    private NoAuthentication() {}

    public static List<Procedure<?, ?>> procedures() {
        return List.of(
                Procedure.of(
                        AuthenticationCalls.AUTH_LIST,
                        Execution.INLINE,
                        (call, none) -> new AuthListRet(new int[] {AUTH_NONE})),
                Procedure.of(AuthenticationCalls.AUTH_SASL_INIT, Execution.INLINE, (call, none) -> refuse()),
                Procedure.of(AuthenticationCalls.AUTH_SASL_START, Execution.INLINE, (call, args) -> refuse()),
                Procedure.of(AuthenticationCalls.AUTH_SASL_STEP, Execution.INLINE, (call, args) -> refuse()),
                Procedure.of(AuthenticationCalls.AUTH_POLKIT, Execution.INLINE, (call, none) -> refuse()));
    }

    private static <R> R refuse() {
        throw new RpcException(
                RpcError.AUTH_FAILED, FROM_RPC, "authentication failed: this server takes no credentials");
    }
}

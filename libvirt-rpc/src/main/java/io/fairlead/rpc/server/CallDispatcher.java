package io.fairlead.rpc.server;

import io.fairlead.rpc.protocol.ProcedureId;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.PassedFd;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import io.fairlead.rpc.xdr.XdrCodec;
import io.fairlead.rpc.xdr.XdrException;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/** Finds the procedure a call names, checks that it may be called, and runs it where it wants to run. */
final class CallDispatcher {
    private final ServerContext server;

    CallDispatcher(ServerContext server) {
        this.server = server;
    }

    void dispatch(ServerConnection connection, Packet packet) {
        CallContext call = new CallContext(connection, server, packet);
        connection.callStarted();
        try {
            requireFresh(packet.header());
            Procedure<?, ?> procedure = find(connection, packet.header());
            requirePermission(connection, procedure.signature().id());
            start(connection, procedure, call, packet.payload());
        } catch (XdrException e) {
            call.fail(new RpcException(
                    RpcError.RPC, RpcError.FROM_RPC, "cannot decode the arguments: " + e.getMessage()));
        } catch (RejectedExecutionException e) {
            call.fail(new RpcException(RpcError.RPC, RpcError.FROM_RPC, "the server is closing"));
        } catch (Throwable e) { // of any kind: even after an Error the client must get an answer
            call.fail(e);
        }
    }

    private static void requireFresh(MessageHeader header) {
        if (header.status() != MessageStatus.OK) {
            throw new RpcException(
                    RpcError.RPC,
                    RpcError.FROM_RPC,
                    "Unexpected message status %s".formatted(Integer.toUnsignedString(header.status())));
        }
    }

    private Procedure<?, ?> find(ServerConnection connection, MessageHeader header) {
        Program program = server.programs().get(header.program());
        if (program == null || program.version() != header.version()) {
            throw new RpcException(
                    RpcError.RPC,
                    RpcError.FROM_RPC,
                    "Cannot find program %d version %d".formatted(header.program(), header.version()));
        }
        Procedure<?, ?> procedure = program.procedure(header.procedure());
        if (procedure == null) {
            throw notServed(connection, program.named(header.procedure()), header.procedure());
        }
        return procedure;
    }

    /** The words matter: clients look for "unknown procedure" and turn it into "not supported". */
    private static RpcException notServed(ServerConnection connection, ProcedureId id, int number) {
        if (id == null) {
            return new RpcException(RpcError.RPC, RpcError.FROM_RPC, "unknown procedure: %d".formatted(number));
        }
        requirePermission(connection, id);
        return new RpcException(RpcError.of(
                RpcError.NO_SUPPORT,
                id.errorDomain(),
                "this function is not supported by the connection driver: %s",
                id.function()));
    }

    private static void requirePermission(ServerConnection connection, ProcedureId id) {
        if (connection.readOnly() && id.needsWriteAccess()) {
            throw new RpcException(RpcError.of(
                    RpcError.OPERATION_DENIED,
                    id.errorDomain(),
                    "operation forbidden: %s",
                    "read only access prevents " + id.function()));
        }
    }

    private static <A, R> void start(
            ServerConnection connection, Procedure<A, R> procedure, CallContext call, ByteBuf payload) {
        A args = XdrCodec.of(procedure.signature().args()).read(payload);
        connection.share().of(procedure.execution()).execute(() -> run(procedure, call, args));
    }

    private static <A, R> void run(Procedure<A, R> procedure, CallContext call, A args) {
        try {
            CompletionStage<R> stage = procedure.handler().handle(call, args);
            stage.whenComplete((reply, failure) -> {
                if (failure == null) {
                    call.succeed(procedure.signature().reply(), reply);
                } else {
                    call.fail(failure);
                }
            });
        } catch (Throwable e) { // a handler's Error must not take the event loop or the client's answer with it
            call.fail(e);
        }
    }

    /** For a call that is refused unseen. */
    static void closeFds(Packet packet) {
        packet.fds().forEach(PassedFd::close);
    }
}

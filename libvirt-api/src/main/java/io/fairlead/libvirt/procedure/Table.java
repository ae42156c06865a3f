package io.fairlead.libvirt.procedure;

import io.fairlead.libvirt.error.Errors;
import io.fairlead.libvirt.session.Session;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.server.Call;
import io.fairlead.rpc.server.Execution;
import io.fairlead.rpc.server.Handler;
import io.fairlead.rpc.server.Procedure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Collects the procedures of all topics. Procedures that are not marked as working before open are refused until the
 * client has opened.
 */
public final class Table {
    private final List<Procedure<?, ?>> procedures = new ArrayList<>();

    /** For handlers that only read memory. */
    public <A, R> void inline(Signature<A, R> signature, Handler<A, R> handler) {
        add(signature, Execution.INLINE, handler);
    }

    /** For handlers that may block. */
    public <A, R> void worker(Signature<A, R> signature, Handler<A, R> handler) {
        add(signature, Execution.WORKER, handler);
    }

    /** For handlers that may block and return nothing. */
    public <A> void action(Signature<A, Void> signature, Handler.Action<A> handler) {
        add(signature, Execution.WORKER, returningNothing(handler));
    }

    /** For calls that must work even if every worker waits in a hanging start. */
    public <A> void urgent(Signature<A, Void> signature, Handler.Action<A> handler) {
        add(signature, Execution.URGENT, returningNothing(handler));
    }

    /**
     * For calls that are not supported and stand for more than one function of libvirt. All others need no entry here.
     *
     * @param function the function that the client called, by the arguments
     */
    public <A, R> void refused(Signature<A, R> signature, Function<A, String> function) {
        inline(signature, (call, args) -> {
            throw Errors.unsupported(function.apply(args));
        });
    }

    /** For calls that a client makes before open, or in order to open. */
    public void beforeOpen(Procedure<?, ?> procedure) {
        procedures.add(procedure);
    }

    private <A, R> void add(Signature<A, R> signature, Execution execution, Handler<A, R> handler) {
        procedures.add(Procedure.of(signature, execution, (call, args) -> {
            Session.of(call).requireOpen();
            return handler.handle(call, args);
        }));
    }

    private static <A> Handler<A, Void> returningNothing(Handler.Action<A> handler) {
        return (Call call, A args) -> {
            handler.handle(call, args);
            return null;
        };
    }

    public List<Procedure<?, ?>> procedures() {
        return Collections.unmodifiableList(procedures);
    }
}

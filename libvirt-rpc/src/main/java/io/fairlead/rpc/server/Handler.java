package io.fairlead.rpc.server;

/**
 * The action of a procedure. A thrown exception becomes the error reply, in the words of the server's
 * {@link ErrorMapper}.
 */
@FunctionalInterface
public interface Handler<A, R> {
    R handle(Call call, A args) throws Exception;

    /** A handler of a procedure that returns nothing. */
    @FunctionalInterface
    interface Action<A> {
        void handle(Call call, A args) throws Exception;
    }
}

package io.fairlead.rpc.server;

/** What a procedure does. A thrown exception becomes the error reply, as the server's {@link ErrorMapper} words it. */
@FunctionalInterface
public interface Handler<A, R> {
    R handle(Call call, A args) throws Exception;

    /** A handler of a procedure that returns nothing. */
    @FunctionalInterface
    interface Action<A> {
        void handle(Call call, A args) throws Exception;
    }
}

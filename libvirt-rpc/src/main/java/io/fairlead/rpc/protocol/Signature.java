package io.fairlead.rpc.protocol;

/** A procedure a client may call, with the records it takes and returns; {@code Void} for none. */
public record Signature<A, R>(ProcedureId id, Class<A> args, Class<R> reply) {
    static <A, R> Signature<A, R> of(ProcedureId id, Class<A> args, Class<R> reply) {
        return new Signature<>(id, args, reply);
    }
}

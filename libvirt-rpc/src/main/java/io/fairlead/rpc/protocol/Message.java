package io.fairlead.rpc.protocol;

/** A message that a server sends unasked, with the record it carries. */
public record Message<M>(ProcedureId id, Class<M> body) {
    static <M> Message<M> of(ProcedureId id, Class<M> body) {
        return new Message<>(id, body);
    }
}

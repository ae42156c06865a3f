package io.fairlead.rpc.protocol;

/** Identifies a procedure on the wire and for the read-only check. Implemented by one enum per program. */
public interface ProcedureId {
    int program();

    int number();

    String name();

    /** The public C function if a read-only connection may not call it, else null. */
    String writer();

    /** The public C function that calls this. */
    String function();

    /** The error domain libvirt's own entry point reports for this procedure's object. */
    int errorDomain();
}

package io.fairlead.rpc.protocol;

/** Identifies a procedure on the wire and for the read-only check. Implemented by one enum per program. */
public interface ProcedureId {
    int program();

    int number();

    String name();

    /** The public C function that calls this. */
    String function();

    /** Whether libvirt refuses the call on a read-only connection, whatever its arguments. */
    boolean needsWriteAccess();

    /** The error domain libvirt's own entry point reports for this procedure's object. */
    int errorDomain();
}

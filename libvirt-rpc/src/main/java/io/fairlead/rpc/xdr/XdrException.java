package io.fairlead.rpc.xdr;

/** Bytes that are not the struct they should be, or a value that its struct cannot carry. */
public class XdrException extends RuntimeException {
    public XdrException(String message) {
        super(message);
    }

    public XdrException(String message, Throwable cause) {
        super(message, cause);
    }
}

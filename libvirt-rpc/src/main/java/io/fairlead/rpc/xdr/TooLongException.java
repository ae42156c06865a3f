package io.fairlead.rpc.xdr;

/** A value that is in order but longer than a message can carry. */
public final class TooLongException extends XdrException {
    public TooLongException(String message) {
        super(message);
    }
}

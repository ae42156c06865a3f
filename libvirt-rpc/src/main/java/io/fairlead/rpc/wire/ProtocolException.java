package io.fairlead.rpc.wire;

/** Bytes after which a connection cannot be understood any more, so that it must be dropped. */
public final class ProtocolException extends RuntimeException {
    public ProtocolException(String message) {
        super(message);
    }
}

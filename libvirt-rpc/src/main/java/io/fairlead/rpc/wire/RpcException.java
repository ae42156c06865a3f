package io.fairlead.rpc.wire;

/** A failure that is already in the form for a client. */
public final class RpcException extends RuntimeException {
    private final transient RpcError error;

    public RpcException(RpcError error) {
        this(error, null);
    }

    public RpcException(RpcError error, Throwable cause) {
        super(error.message(), cause);
        this.error = error;
    }

    public RpcException(int code, int domain, String message) {
        this(RpcError.of(code, domain, message));
    }

    public RpcError error() {
        return error;
    }
}

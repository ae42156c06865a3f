package io.fairlead.rpc.wire;

import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.NetworkRef;
import io.fairlead.rpc.xdr.Nullable;

/** The payload of an error reply (virNetMessageError); the numbers are virErrorNumber, virErrorDomain, virErrorLevel. */
public record RpcError(
        int code,
        int domain,
        @Nullable String message,
        int level,
        @Nullable DomainRef dom,
        @Nullable String str1,
        @Nullable String str2,
        @Nullable String str3,
        int int1,
        int int2,
        @Nullable NetworkRef net) {
    public static final int INTERNAL_ERROR = 1;
    public static final int OPERATION_DENIED = 29;
    public static final int RPC = 39;
    public static final int AUTH_FAILED = 45;

    public static final int FROM_RPC = 7;

    private static final int LEVEL_ERROR = 2;

    /** An error as libvirtd sends one: the message also as the detail of the format "%s". */
    public static RpcError of(int code, int domain, String message) {
        return new RpcError(code, domain, message, LEVEL_ERROR, null, "%s", message, null, -1, -1, null);
    }
}

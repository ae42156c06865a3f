package io.fairlead.rpc.wire;

import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.NetworkRef;
import io.fairlead.rpc.xdr.Nullable;

/**
 * The payload of an error reply (virNetMessageError); the numbers are virErrorNumber, virErrorDomain, virErrorLevel.
 */
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
    public static final int NO_SUPPORT = 3;
    public static final int OPERATION_FAILED = 9;
    public static final int OPERATION_DENIED = 29;
    public static final int RPC = 39;
    public static final int AUTH_FAILED = 45;

    public static final int FROM_RPC = 7;

    private static final int LEVEL_ERROR = 2;
    private static final int MESSAGE_CHARS_MAX = 65_536;

    /**
     * An error as libvirtd sends one: the message also as the detail of the format "%s". Any message can be sent: a
     * text that is missing, too long, or holds a NUL is mended.
     */
    public static RpcError of(int code, int domain, String message) {
        return of(code, domain, "%s", message);
    }

    /**
     * As {@link #of(int, int, String)}, with the words that libvirt has for the code; {@code format} holds "%s" once.
     */
    public static RpcError of(int code, int domain, String format, String detail) {
        String text = sendable(detail);
        return new RpcError(
                code, domain, format.replace("%s", text), LEVEL_ERROR, null, format, text, null, -1, -1, null);
    }

    private static String sendable(String message) {
        String text = String.valueOf(message).replace('\0', '?');
        return text.length() <= MESSAGE_CHARS_MAX ? text : text.substring(0, MESSAGE_CHARS_MAX) + " ...";
    }
}

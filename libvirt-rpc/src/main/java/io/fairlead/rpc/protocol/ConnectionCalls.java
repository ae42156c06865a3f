package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Nullable;

/** Calls for opening, closing and asking about the connection itself. */
public final class ConnectionCalls {
    private ConnectionCalls() {}

    public static final Signature<ConnectOpenArgs, Void> CONNECT_OPEN =
            Signature.of(RemoteProcedure.CONNECT_OPEN, ConnectOpenArgs.class, Void.class);
    public static final Signature<Void, Void> CONNECT_CLOSE =
            Signature.of(RemoteProcedure.CONNECT_CLOSE, Void.class, Void.class);
    public static final Signature<Void, ConnectGetTypeRet> CONNECT_GET_TYPE =
            Signature.of(RemoteProcedure.CONNECT_GET_TYPE, Void.class, ConnectGetTypeRet.class);
    public static final Signature<Void, ConnectGetVersionRet> CONNECT_GET_VERSION =
            Signature.of(RemoteProcedure.CONNECT_GET_VERSION, Void.class, ConnectGetVersionRet.class);
    public static final Signature<Void, ConnectGetHostnameRet> CONNECT_GET_HOSTNAME =
            Signature.of(RemoteProcedure.CONNECT_GET_HOSTNAME, Void.class, ConnectGetHostnameRet.class);
    public static final Signature<ConnectSupportsFeatureArgs, ConnectSupportsFeatureRet> CONNECT_SUPPORTS_FEATURE =
            Signature.of(
                    RemoteProcedure.CONNECT_SUPPORTS_FEATURE,
                    ConnectSupportsFeatureArgs.class,
                    ConnectSupportsFeatureRet.class);
    public static final Signature<Void, ConnectGetUriRet> CONNECT_GET_URI =
            Signature.of(RemoteProcedure.CONNECT_GET_URI, Void.class, ConnectGetUriRet.class);
    public static final Signature<Void, ConnectIsSecureRet> CONNECT_IS_SECURE =
            Signature.of(RemoteProcedure.CONNECT_IS_SECURE, Void.class, ConnectIsSecureRet.class);
    public static final Signature<Void, ConnectGetLibVersionRet> CONNECT_GET_LIB_VERSION =
            Signature.of(RemoteProcedure.CONNECT_GET_LIB_VERSION, Void.class, ConnectGetLibVersionRet.class);
    public static final Signature<Void, Void> CONNECT_REGISTER_CLOSE_CALLBACK =
            Signature.of(RemoteProcedure.CONNECT_REGISTER_CLOSE_CALLBACK, Void.class, Void.class);
    public static final Signature<Void, Void> CONNECT_UNREGISTER_CLOSE_CALLBACK =
            Signature.of(RemoteProcedure.CONNECT_UNREGISTER_CLOSE_CALLBACK, Void.class, Void.class);
    public static final Message<ConnectEventConnectionClosedMsg> CONNECT_EVENT_CONNECTION_CLOSED =
            Message.of(RemoteProcedure.CONNECT_EVENT_CONNECTION_CLOSED, ConnectEventConnectionClosedMsg.class);

    public record ConnectOpenArgs(@Nullable String name, int flags) {}

    public record ConnectGetTypeRet(String type) {}

    public record ConnectGetVersionRet(long hvVer) {}

    public record ConnectGetHostnameRet(String hostname) {}

    public record ConnectSupportsFeatureArgs(int feature) {}

    public record ConnectSupportsFeatureRet(int supported) {}

    public record ConnectGetUriRet(String uri) {}

    public record ConnectIsSecureRet(int secure) {}

    public record ConnectGetLibVersionRet(long libVer) {}

    public record ConnectEventConnectionClosedMsg(int reason) {}
}

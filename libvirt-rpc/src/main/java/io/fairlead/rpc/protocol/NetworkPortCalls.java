package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import java.util.List;
import java.util.UUID;

/** Calls for ports of virtual networks. */
public final class NetworkPortCalls {
    private NetworkPortCalls() {}

    public static final Signature<NetworkListAllPortsArgs, NetworkListAllPortsRet> NETWORK_LIST_ALL_PORTS =
            Signature.of(
                    RemoteProcedure.NETWORK_LIST_ALL_PORTS,
                    NetworkListAllPortsArgs.class,
                    NetworkListAllPortsRet.class);
    public static final Signature<NetworkPortLookupByUuidArgs, NetworkPortRef> NETWORK_PORT_LOOKUP_BY_UUID =
            Signature.of(
                    RemoteProcedure.NETWORK_PORT_LOOKUP_BY_UUID,
                    NetworkPortLookupByUuidArgs.class,
                    NetworkPortRef.class);
    public static final Signature<NetworkPortCreateXmlArgs, NetworkPortRef> NETWORK_PORT_CREATE_XML =
            Signature.of(RemoteProcedure.NETWORK_PORT_CREATE_XML, NetworkPortCreateXmlArgs.class, NetworkPortRef.class);
    public static final Signature<NetworkPortGetParametersArgs, NetworkPortGetParametersRet>
            NETWORK_PORT_GET_PARAMETERS = Signature.of(
                    RemoteProcedure.NETWORK_PORT_GET_PARAMETERS,
                    NetworkPortGetParametersArgs.class,
                    NetworkPortGetParametersRet.class);
    public static final Signature<NetworkPortSetParametersArgs, Void> NETWORK_PORT_SET_PARAMETERS =
            Signature.of(RemoteProcedure.NETWORK_PORT_SET_PARAMETERS, NetworkPortSetParametersArgs.class, Void.class);
    public static final Signature<NetworkPortGetXmlDescArgs, NetworkPortGetXmlDescRet> NETWORK_PORT_GET_XML_DESC =
            Signature.of(
                    RemoteProcedure.NETWORK_PORT_GET_XML_DESC,
                    NetworkPortGetXmlDescArgs.class,
                    NetworkPortGetXmlDescRet.class);
    public static final Signature<NetworkPortDeleteArgs, Void> NETWORK_PORT_DELETE =
            Signature.of(RemoteProcedure.NETWORK_PORT_DELETE, NetworkPortDeleteArgs.class, Void.class);

    public record NetworkListAllPortsArgs(NetworkRef network, int needResults, int flags) {}

    public record NetworkListAllPortsRet(@Max(Limits.NETWORK_PORT_LIST) List<NetworkPortRef> ports, int ret) {}

    public record NetworkPortLookupByUuidArgs(NetworkRef network, UUID uuid) {}

    public record NetworkPortCreateXmlArgs(NetworkRef network, String xml, int flags) {}

    public record NetworkPortGetParametersArgs(NetworkPortRef port, int nparams, int flags) {}

    public record NetworkPortGetParametersRet(
            @Max(Limits.NETWORK_PORT_PARAMETERS) List<TypedParam> params, int nparams) {}

    public record NetworkPortSetParametersArgs(
            NetworkPortRef port, @Max(Limits.NETWORK_PORT_PARAMETERS) List<TypedParam> params, int flags) {}

    public record NetworkPortGetXmlDescArgs(NetworkPortRef port, int flags) {}

    public record NetworkPortGetXmlDescRet(String xml) {}

    public record NetworkPortDeleteArgs(NetworkPortRef port, int flags) {}
}

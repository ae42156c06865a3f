package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import io.fairlead.rpc.xdr.Nullable;
import java.util.List;
import java.util.UUID;

/** Calls for virtual networks. */
public final class NetworkCalls {
    private NetworkCalls() {}

    public static final Signature<ConnectListDefinedNetworksArgs, ConnectListDefinedNetworksRet>
            CONNECT_LIST_DEFINED_NETWORKS = Signature.of(
                    RemoteProcedure.CONNECT_LIST_DEFINED_NETWORKS,
                    ConnectListDefinedNetworksArgs.class,
                    ConnectListDefinedNetworksRet.class);
    public static final Signature<ConnectListNetworksArgs, ConnectListNetworksRet> CONNECT_LIST_NETWORKS = Signature.of(
            RemoteProcedure.CONNECT_LIST_NETWORKS, ConnectListNetworksArgs.class, ConnectListNetworksRet.class);
    public static final Signature<NetworkRef, Void> NETWORK_CREATE =
            Signature.of(RemoteProcedure.NETWORK_CREATE, NetworkRef.class, Void.class);
    public static final Signature<NetworkCreateXmlArgs, NetworkRef> NETWORK_CREATE_XML =
            Signature.of(RemoteProcedure.NETWORK_CREATE_XML, NetworkCreateXmlArgs.class, NetworkRef.class);
    public static final Signature<NetworkDefineXmlArgs, NetworkRef> NETWORK_DEFINE_XML =
            Signature.of(RemoteProcedure.NETWORK_DEFINE_XML, NetworkDefineXmlArgs.class, NetworkRef.class);
    public static final Signature<NetworkRef, Void> NETWORK_DESTROY =
            Signature.of(RemoteProcedure.NETWORK_DESTROY, NetworkRef.class, Void.class);
    public static final Signature<NetworkGetXmlDescArgs, NetworkGetXmlDescRet> NETWORK_GET_XML_DESC =
            Signature.of(RemoteProcedure.NETWORK_GET_XML_DESC, NetworkGetXmlDescArgs.class, NetworkGetXmlDescRet.class);
    public static final Signature<NetworkRef, NetworkGetAutostartRet> NETWORK_GET_AUTOSTART =
            Signature.of(RemoteProcedure.NETWORK_GET_AUTOSTART, NetworkRef.class, NetworkGetAutostartRet.class);
    public static final Signature<NetworkRef, NetworkGetBridgeNameRet> NETWORK_GET_BRIDGE_NAME =
            Signature.of(RemoteProcedure.NETWORK_GET_BRIDGE_NAME, NetworkRef.class, NetworkGetBridgeNameRet.class);
    public static final Signature<NetworkLookupByNameArgs, NetworkRef> NETWORK_LOOKUP_BY_NAME =
            Signature.of(RemoteProcedure.NETWORK_LOOKUP_BY_NAME, NetworkLookupByNameArgs.class, NetworkRef.class);
    public static final Signature<NetworkLookupByUuidArgs, NetworkRef> NETWORK_LOOKUP_BY_UUID =
            Signature.of(RemoteProcedure.NETWORK_LOOKUP_BY_UUID, NetworkLookupByUuidArgs.class, NetworkRef.class);
    public static final Signature<NetworkSetAutostartArgs, Void> NETWORK_SET_AUTOSTART =
            Signature.of(RemoteProcedure.NETWORK_SET_AUTOSTART, NetworkSetAutostartArgs.class, Void.class);
    public static final Signature<NetworkRef, Void> NETWORK_UNDEFINE =
            Signature.of(RemoteProcedure.NETWORK_UNDEFINE, NetworkRef.class, Void.class);
    public static final Signature<Void, ConnectNumOfDefinedNetworksRet> CONNECT_NUM_OF_DEFINED_NETWORKS = Signature.of(
            RemoteProcedure.CONNECT_NUM_OF_DEFINED_NETWORKS, Void.class, ConnectNumOfDefinedNetworksRet.class);
    public static final Signature<Void, ConnectNumOfNetworksRet> CONNECT_NUM_OF_NETWORKS =
            Signature.of(RemoteProcedure.CONNECT_NUM_OF_NETWORKS, Void.class, ConnectNumOfNetworksRet.class);
    public static final Signature<NetworkRef, NetworkIsActiveRet> NETWORK_IS_ACTIVE =
            Signature.of(RemoteProcedure.NETWORK_IS_ACTIVE, NetworkRef.class, NetworkIsActiveRet.class);
    public static final Signature<NetworkRef, NetworkIsPersistentRet> NETWORK_IS_PERSISTENT =
            Signature.of(RemoteProcedure.NETWORK_IS_PERSISTENT, NetworkRef.class, NetworkIsPersistentRet.class);
    public static final Signature<ConnectListAllNetworksArgs, ConnectListAllNetworksRet> CONNECT_LIST_ALL_NETWORKS =
            Signature.of(
                    RemoteProcedure.CONNECT_LIST_ALL_NETWORKS,
                    ConnectListAllNetworksArgs.class,
                    ConnectListAllNetworksRet.class);
    public static final Signature<NetworkUpdateArgs, Void> NETWORK_UPDATE =
            Signature.of(RemoteProcedure.NETWORK_UPDATE, NetworkUpdateArgs.class, Void.class);
    public static final Signature<NetworkGetDhcpLeasesArgs, NetworkGetDhcpLeasesRet> NETWORK_GET_DHCP_LEASES =
            Signature.of(
                    RemoteProcedure.NETWORK_GET_DHCP_LEASES,
                    NetworkGetDhcpLeasesArgs.class,
                    NetworkGetDhcpLeasesRet.class);
    public static final Signature<NetworkDefineXmlFlagsArgs, NetworkRef> NETWORK_DEFINE_XML_FLAGS =
            Signature.of(RemoteProcedure.NETWORK_DEFINE_XML_FLAGS, NetworkDefineXmlFlagsArgs.class, NetworkRef.class);
    public static final Signature<NetworkCreateXmlFlagsArgs, NetworkRef> NETWORK_CREATE_XML_FLAGS =
            Signature.of(RemoteProcedure.NETWORK_CREATE_XML_FLAGS, NetworkCreateXmlFlagsArgs.class, NetworkRef.class);

    public record ConnectListDefinedNetworksArgs(int maxnames) {}

    public record ConnectListDefinedNetworksRet(@Max(Limits.NETWORK_LIST) List<String> names) {}

    public record ConnectListNetworksArgs(int maxnames) {}

    public record ConnectListNetworksRet(@Max(Limits.NETWORK_LIST) List<String> names) {}

    public record NetworkCreateXmlArgs(String xml) {}

    public record NetworkDefineXmlArgs(String xml) {}

    public record NetworkGetXmlDescArgs(NetworkRef net, int flags) {}

    public record NetworkGetXmlDescRet(String xml) {}

    public record NetworkGetAutostartRet(int autostart) {}

    public record NetworkGetBridgeNameRet(String name) {}

    public record NetworkLookupByNameArgs(String name) {}

    public record NetworkLookupByUuidArgs(UUID uuid) {}

    public record NetworkSetAutostartArgs(NetworkRef net, int autostart) {}

    public record ConnectNumOfDefinedNetworksRet(int num) {}

    public record ConnectNumOfNetworksRet(int num) {}

    public record NetworkIsActiveRet(int active) {}

    public record NetworkIsPersistentRet(int persistent) {}

    public record ConnectListAllNetworksArgs(int needResults, int flags) {}

    public record ConnectListAllNetworksRet(@Max(Limits.NETWORK_LIST) List<NetworkRef> nets, int ret) {}

    public record NetworkUpdateArgs(NetworkRef net, int command, int section, int parentIndex, String xml, int flags) {}

    public record NetworkGetDhcpLeasesArgs(NetworkRef net, @Nullable String mac, int needResults, int flags) {}

    public record NetworkDhcpLease(
            String iface,
            long expirytime,
            int type,
            @Nullable String mac,
            @Nullable String iaid,
            String ipaddr,
            int prefix,
            @Nullable String hostname,
            @Nullable String clientid) {}

    public record NetworkGetDhcpLeasesRet(@Max(Limits.NETWORK_DHCP_LEASES) List<NetworkDhcpLease> leases, int ret) {}

    public record NetworkDefineXmlFlagsArgs(String xml, int flags) {}

    public record NetworkCreateXmlFlagsArgs(String xml, int flags) {}
}

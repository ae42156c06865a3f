package io.fairlead.libvirt.empty;

import static io.fairlead.rpc.protocol.NetworkCalls.CONNECT_LIST_ALL_NETWORKS;
import static io.fairlead.rpc.protocol.NetworkCalls.CONNECT_LIST_DEFINED_NETWORKS;
import static io.fairlead.rpc.protocol.NetworkCalls.CONNECT_LIST_NETWORKS;
import static io.fairlead.rpc.protocol.NetworkCalls.CONNECT_NUM_OF_DEFINED_NETWORKS;
import static io.fairlead.rpc.protocol.NetworkCalls.CONNECT_NUM_OF_NETWORKS;
import static io.fairlead.rpc.protocol.NetworkCalls.NETWORK_GET_AUTOSTART;
import static io.fairlead.rpc.protocol.NetworkCalls.NETWORK_GET_BRIDGE_NAME;
import static io.fairlead.rpc.protocol.NetworkCalls.NETWORK_GET_DHCP_LEASES;
import static io.fairlead.rpc.protocol.NetworkCalls.NETWORK_GET_XML_DESC;
import static io.fairlead.rpc.protocol.NetworkCalls.NETWORK_IS_ACTIVE;
import static io.fairlead.rpc.protocol.NetworkCalls.NETWORK_IS_PERSISTENT;
import static io.fairlead.rpc.protocol.NetworkCalls.NETWORK_LOOKUP_BY_NAME;
import static io.fairlead.rpc.protocol.NetworkCalls.NETWORK_LOOKUP_BY_UUID;
import static io.fairlead.rpc.protocol.NetworkPortCalls.NETWORK_LIST_ALL_PORTS;
import static io.fairlead.rpc.protocol.NetworkPortCalls.NETWORK_PORT_LOOKUP_BY_UUID;

import io.fairlead.kit.error.EngineException;
import io.fairlead.libvirt.error.NoSuch;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Lists;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.Limits;
import io.fairlead.rpc.protocol.NetworkCalls.ConnectListAllNetworksRet;
import io.fairlead.rpc.protocol.NetworkCalls.ConnectListDefinedNetworksRet;
import io.fairlead.rpc.protocol.NetworkCalls.ConnectListNetworksRet;
import io.fairlead.rpc.protocol.NetworkCalls.ConnectNumOfDefinedNetworksRet;
import io.fairlead.rpc.protocol.NetworkCalls.ConnectNumOfNetworksRet;
import io.fairlead.rpc.protocol.NetworkRef;
import io.fairlead.rpc.protocol.Signature;
import java.util.List;

/** Answers about virtual networks while there are none. Calls that make one are answered as unknown. */
final class EmptyNetworks {
    /** Flags: active, inactive, persistent, transient, autostart and no autostart. */
    private static final int LIST_ALL = 0x3f;

    private EmptyNetworks() {}

    static void addTo(Table table) {
        addLists(table);
        table.inline(NETWORK_LOOKUP_BY_NAME, (call, args) -> {
            throw NoSuch.network("name", args.name());
        });
        table.inline(NETWORK_LOOKUP_BY_UUID, (call, args) -> {
            throw NoSuch.network("uuid", args.uuid());
        });
        table.inline(NETWORK_PORT_LOOKUP_BY_UUID, (call, args) -> {
            throw noSuch(args.network());
        });
        addReads(table);
    }

    private static void addLists(Table table) {
        table.inline(CONNECT_NUM_OF_NETWORKS, (call, none) -> new ConnectNumOfNetworksRet(0));
        table.inline(CONNECT_NUM_OF_DEFINED_NETWORKS, (call, none) -> new ConnectNumOfDefinedNetworksRet(0));
        table.inline(CONNECT_LIST_NETWORKS, (call, args) -> {
            Lists.room("maxnames", args.maxnames(), Limits.NETWORK_LIST);
            return new ConnectListNetworksRet(List.of());
        });
        table.inline(CONNECT_LIST_DEFINED_NETWORKS, (call, args) -> {
            Lists.room("maxnames", args.maxnames(), Limits.NETWORK_LIST);
            return new ConnectListDefinedNetworksRet(List.of());
        });
        table.inline(CONNECT_LIST_ALL_NETWORKS, (call, args) -> {
            Flags.check("virConnectListAllNetworks", args.flags(), LIST_ALL);
            return new ConnectListAllNetworksRet(List.of(), 0);
        });
    }

    /** A client may still hold a network that another server gave it. */
    private static void addReads(Table table) {
        table.inline(NETWORK_GET_XML_DESC, (call, args) -> {
            throw noSuch(args.net());
        });
        table.inline(NETWORK_GET_DHCP_LEASES, (call, args) -> {
            throw noSuch(args.net());
        });
        table.inline(NETWORK_LIST_ALL_PORTS, (call, args) -> {
            throw noSuch(args.network());
        });
        noSuchNetwork(table, NETWORK_GET_AUTOSTART);
        noSuchNetwork(table, NETWORK_GET_BRIDGE_NAME);
        noSuchNetwork(table, NETWORK_IS_ACTIVE);
        noSuchNetwork(table, NETWORK_IS_PERSISTENT);
    }

    private static <R> void noSuchNetwork(Table table, Signature<NetworkRef, R> signature) {
        table.inline(signature, (call, net) -> {
            throw noSuch(net);
        });
    }

    private static EngineException noSuch(NetworkRef net) {
        return NoSuch.network("uuid", net.uuid());
    }
}

package io.fairlead.libvirt.empty;

import static io.fairlead.rpc.protocol.InterfaceCalls.CONNECT_LIST_ALL_INTERFACES;
import static io.fairlead.rpc.protocol.InterfaceCalls.CONNECT_LIST_DEFINED_INTERFACES;
import static io.fairlead.rpc.protocol.InterfaceCalls.CONNECT_LIST_INTERFACES;
import static io.fairlead.rpc.protocol.InterfaceCalls.CONNECT_NUM_OF_DEFINED_INTERFACES;
import static io.fairlead.rpc.protocol.InterfaceCalls.CONNECT_NUM_OF_INTERFACES;
import static io.fairlead.rpc.protocol.InterfaceCalls.INTERFACE_GET_XML_DESC;
import static io.fairlead.rpc.protocol.InterfaceCalls.INTERFACE_IS_ACTIVE;
import static io.fairlead.rpc.protocol.InterfaceCalls.INTERFACE_LOOKUP_BY_MAC_STRING;
import static io.fairlead.rpc.protocol.InterfaceCalls.INTERFACE_LOOKUP_BY_NAME;
import static io.fairlead.rpc.protocol.NetworkPortCalls.NETWORK_LIST_ALL_PORTS;
import static io.fairlead.rpc.protocol.NetworkPortCalls.NETWORK_PORT_LOOKUP_BY_UUID;
import static io.fairlead.rpc.protocol.NodeDeviceCalls.CONNECT_LIST_ALL_NODE_DEVICES;
import static io.fairlead.rpc.protocol.NodeDeviceCalls.NODE_DEVICE_GET_PARENT;
import static io.fairlead.rpc.protocol.NodeDeviceCalls.NODE_DEVICE_GET_XML_DESC;
import static io.fairlead.rpc.protocol.NodeDeviceCalls.NODE_DEVICE_IS_ACTIVE;
import static io.fairlead.rpc.protocol.NodeDeviceCalls.NODE_DEVICE_IS_PERSISTENT;
import static io.fairlead.rpc.protocol.NodeDeviceCalls.NODE_DEVICE_LIST_CAPS;
import static io.fairlead.rpc.protocol.NodeDeviceCalls.NODE_DEVICE_LOOKUP_BY_NAME;
import static io.fairlead.rpc.protocol.NodeDeviceCalls.NODE_DEVICE_NUM_OF_CAPS;
import static io.fairlead.rpc.protocol.NodeDeviceCalls.NODE_LIST_DEVICES;
import static io.fairlead.rpc.protocol.NodeDeviceCalls.NODE_NUM_OF_DEVICES;
import static io.fairlead.rpc.protocol.NwFilterCalls.CONNECT_LIST_ALL_NWFILTERS;
import static io.fairlead.rpc.protocol.NwFilterCalls.CONNECT_LIST_ALL_NWFILTER_BINDINGS;
import static io.fairlead.rpc.protocol.NwFilterCalls.CONNECT_LIST_NWFILTERS;
import static io.fairlead.rpc.protocol.NwFilterCalls.CONNECT_NUM_OF_NWFILTERS;
import static io.fairlead.rpc.protocol.NwFilterCalls.NWFILTER_BINDING_GET_XML_DESC;
import static io.fairlead.rpc.protocol.NwFilterCalls.NWFILTER_BINDING_LOOKUP_BY_PORT_DEV;
import static io.fairlead.rpc.protocol.NwFilterCalls.NWFILTER_GET_XML_DESC;
import static io.fairlead.rpc.protocol.NwFilterCalls.NWFILTER_LOOKUP_BY_NAME;
import static io.fairlead.rpc.protocol.NwFilterCalls.NWFILTER_LOOKUP_BY_UUID;
import static io.fairlead.rpc.protocol.SecretCalls.CONNECT_LIST_ALL_SECRETS;
import static io.fairlead.rpc.protocol.SecretCalls.CONNECT_LIST_SECRETS;
import static io.fairlead.rpc.protocol.SecretCalls.CONNECT_NUM_OF_SECRETS;
import static io.fairlead.rpc.protocol.SecretCalls.SECRET_GET_XML_DESC;
import static io.fairlead.rpc.protocol.SecretCalls.SECRET_LOOKUP_BY_USAGE;
import static io.fairlead.rpc.protocol.SecretCalls.SECRET_LOOKUP_BY_UUID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.libvirt.fixture.TestServer;
import io.fairlead.libvirt.storage.StorageApi;
import io.fairlead.rpc.protocol.InterfaceCalls.ConnectListAllInterfacesArgs;
import io.fairlead.rpc.protocol.InterfaceCalls.ConnectListDefinedInterfacesArgs;
import io.fairlead.rpc.protocol.InterfaceCalls.ConnectListInterfacesArgs;
import io.fairlead.rpc.protocol.InterfaceCalls.InterfaceGetXmlDescArgs;
import io.fairlead.rpc.protocol.InterfaceCalls.InterfaceLookupByMacStringArgs;
import io.fairlead.rpc.protocol.InterfaceCalls.InterfaceLookupByNameArgs;
import io.fairlead.rpc.protocol.InterfaceRef;
import io.fairlead.rpc.protocol.NetworkCalls;
import io.fairlead.rpc.protocol.NetworkCalls.ConnectListAllNetworksArgs;
import io.fairlead.rpc.protocol.NetworkCalls.ConnectListDefinedNetworksArgs;
import io.fairlead.rpc.protocol.NetworkCalls.ConnectListNetworksArgs;
import io.fairlead.rpc.protocol.NetworkCalls.NetworkGetDhcpLeasesArgs;
import io.fairlead.rpc.protocol.NetworkCalls.NetworkGetXmlDescArgs;
import io.fairlead.rpc.protocol.NetworkCalls.NetworkLookupByNameArgs;
import io.fairlead.rpc.protocol.NetworkCalls.NetworkLookupByUuidArgs;
import io.fairlead.rpc.protocol.NetworkPortCalls.NetworkListAllPortsArgs;
import io.fairlead.rpc.protocol.NetworkPortCalls.NetworkPortLookupByUuidArgs;
import io.fairlead.rpc.protocol.NetworkRef;
import io.fairlead.rpc.protocol.NodeDeviceCalls.ConnectListAllNodeDevicesArgs;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeDeviceGetParentArgs;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeDeviceGetXmlDescArgs;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeDeviceIsActiveArgs;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeDeviceIsPersistentArgs;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeDeviceListCapsArgs;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeDeviceLookupByNameArgs;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeDeviceNumOfCapsArgs;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeListDevicesArgs;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeNumOfDevicesArgs;
import io.fairlead.rpc.protocol.NwFilterBindingRef;
import io.fairlead.rpc.protocol.NwFilterCalls.ConnectListAllNwFilterBindingsArgs;
import io.fairlead.rpc.protocol.NwFilterCalls.ConnectListAllNwFiltersArgs;
import io.fairlead.rpc.protocol.NwFilterCalls.ConnectListNwFiltersArgs;
import io.fairlead.rpc.protocol.NwFilterCalls.NwFilterBindingGetXmlDescArgs;
import io.fairlead.rpc.protocol.NwFilterCalls.NwFilterBindingLookupByPortDevArgs;
import io.fairlead.rpc.protocol.NwFilterCalls.NwFilterGetXmlDescArgs;
import io.fairlead.rpc.protocol.NwFilterCalls.NwFilterLookupByNameArgs;
import io.fairlead.rpc.protocol.NwFilterCalls.NwFilterLookupByUuidArgs;
import io.fairlead.rpc.protocol.NwFilterRef;
import io.fairlead.rpc.protocol.SecretCalls.ConnectListAllSecretsArgs;
import io.fairlead.rpc.protocol.SecretCalls.ConnectListSecretsArgs;
import io.fairlead.rpc.protocol.SecretCalls.SecretGetXmlDescArgs;
import io.fairlead.rpc.protocol.SecretCalls.SecretLookupByUsageArgs;
import io.fairlead.rpc.protocol.SecretCalls.SecretLookupByUuidArgs;
import io.fairlead.rpc.protocol.SecretRef;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.protocol.StoragePoolCalls;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectListAllStoragePoolsArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectListDefinedStoragePoolsArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectListStoragePoolsArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolGetXmlDescArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolListAllVolumesArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolListVolumesArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolLookupByNameArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolLookupByTargetPathArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolLookupByUuidArgs;
import io.fairlead.rpc.protocol.StoragePoolRef;
import io.fairlead.rpc.protocol.StorageVolRef;
import io.fairlead.rpc.protocol.StorageVolumeCalls;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolGetInfoFlagsArgs;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolGetXmlDescArgs;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolLookupByKeyArgs;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolLookupByNameArgs;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolLookupByPathArgs;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.pool.Storage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Kinds of object that do not exist here yet. The expected errors are those of libvirtd 9.0. */
class EmptyKindsTest {
    private static final UUID ID = new UUID(0, 1);
    private static final NetworkRef NET = new NetworkRef("x", ID);
    private static final StoragePoolRef POOL = new StoragePoolRef("x", ID);
    private static final StorageVolRef VOL = new StorageVolRef("x", "v", "k");

    @TempDir
    private static Path folder;

    private static EventBus bus;
    private static TestServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        bus = new EventBus(Clock.systemUTC());
        Storage storage = Storage.open(folder, folder, new PoolDrivers(List.of()), new DurableFiles(), bus);
        server = TestServer.of(table -> {
            EmptyApi.addTo(table);
            StorageApi.addTo(table, storage);
        });
        client = server.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        bus.close();
    }

    static Stream<Arguments> counts() {
        return Stream.of(
                        NetworkCalls.CONNECT_NUM_OF_NETWORKS,
                        NetworkCalls.CONNECT_NUM_OF_DEFINED_NETWORKS,
                        StoragePoolCalls.CONNECT_NUM_OF_STORAGE_POOLS,
                        StoragePoolCalls.CONNECT_NUM_OF_DEFINED_STORAGE_POOLS,
                        CONNECT_NUM_OF_NWFILTERS,
                        CONNECT_NUM_OF_SECRETS,
                        CONNECT_NUM_OF_INTERFACES,
                        CONNECT_NUM_OF_DEFINED_INTERFACES)
                .map(signature -> arguments(signature, null));
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                arguments(NetworkCalls.CONNECT_LIST_NETWORKS, new ConnectListNetworksArgs(100)),
                arguments(NetworkCalls.CONNECT_LIST_DEFINED_NETWORKS, new ConnectListDefinedNetworksArgs(0)),
                arguments(NetworkCalls.CONNECT_LIST_ALL_NETWORKS, new ConnectListAllNetworksArgs(1, 0x3f)),
                arguments(StoragePoolCalls.CONNECT_LIST_STORAGE_POOLS, new ConnectListStoragePoolsArgs(1)),
                arguments(
                        StoragePoolCalls.CONNECT_LIST_DEFINED_STORAGE_POOLS, new ConnectListDefinedStoragePoolsArgs(1)),
                arguments(StoragePoolCalls.CONNECT_LIST_ALL_STORAGE_POOLS, new ConnectListAllStoragePoolsArgs(1, 3)),
                arguments(CONNECT_LIST_NWFILTERS, new ConnectListNwFiltersArgs(5)),
                arguments(CONNECT_LIST_ALL_NWFILTERS, new ConnectListAllNwFiltersArgs(1, 0)),
                arguments(CONNECT_LIST_ALL_NWFILTER_BINDINGS, new ConnectListAllNwFilterBindingsArgs(1, 0)),
                arguments(CONNECT_LIST_SECRETS, new ConnectListSecretsArgs(5)),
                arguments(CONNECT_LIST_ALL_SECRETS, new ConnectListAllSecretsArgs(1, 0)),
                arguments(CONNECT_LIST_INTERFACES, new ConnectListInterfacesArgs(5)),
                arguments(CONNECT_LIST_DEFINED_INTERFACES, new ConnectListDefinedInterfacesArgs(5)),
                arguments(CONNECT_LIST_ALL_INTERFACES, new ConnectListAllInterfacesArgs(1, 2)),
                arguments(NODE_NUM_OF_DEVICES, new NodeNumOfDevicesArgs(null, 0)),
                arguments(NODE_LIST_DEVICES, new NodeListDevicesArgs("net", 5, 0)),
                arguments(CONNECT_LIST_ALL_NODE_DEVICES, new ConnectListAllNodeDevicesArgs(1, 1 << 31)));
    }

    @ParameterizedTest
    @MethodSource({"counts", "lists"})
    <A, R> void list_isEmpty(Signature<A, R> signature, A args) {
        byte[] payload = client.callRaw(signature, args).bytes();
        assertEquals(0, sum(payload), "an empty list and a count of 0 are all zeros");
        assertEquals(MessageStatus.OK, client.callRaw(signature, args).header().status());
    }

    private static int sum(byte[] bytes) {
        int sum = 0;
        for (byte b : bytes) {
            sum += b & 0xff;
        }
        return sum;
    }

    static Stream<Arguments> lookups() {
        String network = "Network not found: no network with matching ";
        String pool = "Storage pool not found: no storage pool with matching ";
        String device = "Node device not found: no node device with matching name 'x'";
        String filter = "Network filter not found: no nwfilter with matching ";
        String binding = "Network filter binding not found: no nwfilter binding for port dev 'x'";
        String secret = "Secret not found: no secret with matching ";
        String iface = "Interface not found: couldn't find interface ";
        String uuid = "uuid '%s'".formatted(ID);
        return Stream.of(
                arguments(
                        NetworkCalls.NETWORK_LOOKUP_BY_NAME,
                        new NetworkLookupByNameArgs("x"),
                        43,
                        19,
                        network + "name 'x'"),
                arguments(NetworkCalls.NETWORK_LOOKUP_BY_UUID, new NetworkLookupByUuidArgs(ID), 43, 19, network + uuid),
                arguments(NetworkCalls.NETWORK_GET_XML_DESC, new NetworkGetXmlDescArgs(NET, 0), 43, 19, network + uuid),
                arguments(
                        NetworkCalls.NETWORK_GET_DHCP_LEASES,
                        new NetworkGetDhcpLeasesArgs(NET, null, 1, 0),
                        43,
                        19,
                        network + uuid),
                arguments(NetworkCalls.NETWORK_GET_AUTOSTART, NET, 43, 19, network + uuid),
                arguments(NetworkCalls.NETWORK_GET_BRIDGE_NAME, NET, 43, 19, network + uuid),
                arguments(NetworkCalls.NETWORK_IS_ACTIVE, NET, 43, 19, network + uuid),
                arguments(NetworkCalls.NETWORK_IS_PERSISTENT, NET, 43, 19, network + uuid),
                arguments(NETWORK_LIST_ALL_PORTS, new NetworkListAllPortsArgs(NET, 1, 0), 43, 19, network + uuid),
                arguments(
                        NETWORK_PORT_LOOKUP_BY_UUID, new NetworkPortLookupByUuidArgs(NET, ID), 43, 19, network + uuid),
                arguments(
                        StoragePoolCalls.STORAGE_POOL_LOOKUP_BY_NAME,
                        new StoragePoolLookupByNameArgs("x"),
                        49,
                        18,
                        pool + "name 'x'"),
                arguments(
                        StoragePoolCalls.STORAGE_POOL_LOOKUP_BY_UUID,
                        new StoragePoolLookupByUuidArgs(ID),
                        49,
                        18,
                        pool + uuid),
                arguments(
                        StoragePoolCalls.STORAGE_POOL_LOOKUP_BY_TARGET_PATH,
                        new StoragePoolLookupByTargetPathArgs("/x"),
                        49,
                        18,
                        pool + "target path '/x'"),
                arguments(StoragePoolCalls.STORAGE_POOL_LOOKUP_BY_VOLUME, VOL, 49, 18, pool + "name 'x'"),
                arguments(
                        StoragePoolCalls.STORAGE_POOL_GET_XML_DESC,
                        new StoragePoolGetXmlDescArgs(POOL, 0),
                        49,
                        18,
                        pool + uuid + " (x)"),
                arguments(
                        StoragePoolCalls.STORAGE_POOL_LIST_VOLUMES,
                        new StoragePoolListVolumesArgs(POOL, 5),
                        49,
                        18,
                        pool + uuid + " (x)"),
                arguments(
                        StoragePoolCalls.STORAGE_POOL_LIST_ALL_VOLUMES,
                        new StoragePoolListAllVolumesArgs(POOL, 1, 0),
                        49,
                        18,
                        pool + uuid + " (x)"),
                arguments(StoragePoolCalls.STORAGE_POOL_GET_INFO, POOL, 49, 18, pool + uuid + " (x)"),
                arguments(StoragePoolCalls.STORAGE_POOL_GET_AUTOSTART, POOL, 49, 18, pool + uuid + " (x)"),
                arguments(StoragePoolCalls.STORAGE_POOL_NUM_OF_VOLUMES, POOL, 49, 18, pool + uuid + " (x)"),
                arguments(StoragePoolCalls.STORAGE_POOL_IS_ACTIVE, POOL, 49, 18, pool + uuid + " (x)"),
                arguments(StoragePoolCalls.STORAGE_POOL_IS_PERSISTENT, POOL, 49, 18, pool + uuid + " (x)"),
                arguments(
                        StorageVolumeCalls.STORAGE_VOL_LOOKUP_BY_NAME,
                        new StorageVolLookupByNameArgs(POOL, "v"),
                        49,
                        18,
                        pool + uuid + " (x)"),
                arguments(
                        StorageVolumeCalls.STORAGE_VOL_LOOKUP_BY_KEY,
                        new StorageVolLookupByKeyArgs("x"),
                        50,
                        18,
                        "Storage volume not found: no storage vol with matching key x"),
                arguments(
                        StorageVolumeCalls.STORAGE_VOL_LOOKUP_BY_PATH,
                        new StorageVolLookupByPathArgs("/x"),
                        50,
                        18,
                        "Storage volume not found: no storage vol with matching path '/x'"),
                arguments(
                        StorageVolumeCalls.STORAGE_VOL_GET_XML_DESC,
                        new StorageVolGetXmlDescArgs(VOL, 0),
                        49,
                        18,
                        pool + "name 'x'"),
                arguments(
                        StorageVolumeCalls.STORAGE_VOL_GET_INFO_FLAGS,
                        new StorageVolGetInfoFlagsArgs(VOL, 0),
                        49,
                        18,
                        pool + "name 'x'"),
                arguments(StorageVolumeCalls.STORAGE_VOL_GET_INFO, VOL, 49, 18, pool + "name 'x'"),
                arguments(StorageVolumeCalls.STORAGE_VOL_GET_PATH, VOL, 49, 18, pool + "name 'x'"),
                arguments(NODE_DEVICE_LOOKUP_BY_NAME, new NodeDeviceLookupByNameArgs("x"), 53, 22, device),
                arguments(NODE_DEVICE_GET_XML_DESC, new NodeDeviceGetXmlDescArgs("x", 0), 53, 22, device),
                arguments(NODE_DEVICE_GET_PARENT, new NodeDeviceGetParentArgs("x"), 53, 22, device),
                arguments(NODE_DEVICE_NUM_OF_CAPS, new NodeDeviceNumOfCapsArgs("x"), 53, 22, device),
                arguments(NODE_DEVICE_LIST_CAPS, new NodeDeviceListCapsArgs("x", 1), 53, 22, device),
                arguments(NODE_DEVICE_IS_ACTIVE, new NodeDeviceIsActiveArgs("x"), 53, 22, device),
                arguments(NODE_DEVICE_IS_PERSISTENT, new NodeDeviceIsPersistentArgs("x"), 53, 22, device),
                arguments(INTERFACE_LOOKUP_BY_NAME, new InterfaceLookupByNameArgs("x"), 57, 26, iface + "named 'x'"),
                arguments(
                        INTERFACE_LOOKUP_BY_MAC_STRING,
                        new InterfaceLookupByMacStringArgs("00:11:22:33:44:55"),
                        57,
                        26,
                        iface + "with MAC address '00:11:22:33:44:55'"),
                arguments(
                        INTERFACE_GET_XML_DESC,
                        new InterfaceGetXmlDescArgs(new InterfaceRef("x", ""), 0),
                        57,
                        26,
                        iface + "named 'x'"),
                arguments(INTERFACE_IS_ACTIVE, new InterfaceRef("x", ""), 57, 26, iface + "named 'x'"),
                arguments(NWFILTER_LOOKUP_BY_NAME, new NwFilterLookupByNameArgs("x"), 62, 33, filter + "name 'x'"),
                arguments(NWFILTER_LOOKUP_BY_UUID, new NwFilterLookupByUuidArgs(ID), 62, 33, filter + uuid),
                arguments(
                        NWFILTER_GET_XML_DESC,
                        new NwFilterGetXmlDescArgs(new NwFilterRef("x", ID), 0),
                        62,
                        33,
                        filter + uuid),
                arguments(
                        NWFILTER_BINDING_LOOKUP_BY_PORT_DEV,
                        new NwFilterBindingLookupByPortDevArgs("x"),
                        101,
                        33,
                        binding),
                arguments(
                        NWFILTER_BINDING_GET_XML_DESC,
                        new NwFilterBindingGetXmlDescArgs(new NwFilterBindingRef("x", "f"), 0),
                        101,
                        33,
                        binding),
                arguments(SECRET_LOOKUP_BY_UUID, new SecretLookupByUuidArgs(ID), 66, 30, secret + uuid),
                arguments(SECRET_LOOKUP_BY_USAGE, new SecretLookupByUsageArgs(1, "x"), 66, 30, secret + "usage 'x'"),
                arguments(
                        SECRET_GET_XML_DESC,
                        new SecretGetXmlDescArgs(new SecretRef(ID, 1, "x"), 0),
                        66,
                        30,
                        secret + uuid));
    }

    @ParameterizedTest
    @MethodSource("lookups")
    <A> void lookup_saysThatThereIsNone(Signature<A, ?> signature, A args, int code, int domain, String message) {
        RpcError error = client.error(signature, args);
        assertEquals(List.of(code, domain, message), List.of(error.code(), error.domain(), error.message()));
    }

    static Stream<Arguments> unknownFlags() {
        int all = ~0;
        return Stream.of(
                arguments(NetworkCalls.CONNECT_LIST_ALL_NETWORKS, new ConnectListAllNetworksArgs(1, all)),
                arguments(StoragePoolCalls.CONNECT_LIST_ALL_STORAGE_POOLS, new ConnectListAllStoragePoolsArgs(1, all)),
                arguments(CONNECT_LIST_ALL_NWFILTERS, new ConnectListAllNwFiltersArgs(1, all)),
                arguments(CONNECT_LIST_ALL_NWFILTER_BINDINGS, new ConnectListAllNwFilterBindingsArgs(1, all)),
                arguments(CONNECT_LIST_ALL_SECRETS, new ConnectListAllSecretsArgs(1, all)),
                arguments(CONNECT_LIST_ALL_INTERFACES, new ConnectListAllInterfacesArgs(1, all)),
                arguments(NODE_NUM_OF_DEVICES, new NodeNumOfDevicesArgs(null, all)),
                arguments(NODE_LIST_DEVICES, new NodeListDevicesArgs("net", 5, all)),
                arguments(CONNECT_LIST_ALL_NODE_DEVICES, new ConnectListAllNodeDevicesArgs(1, all)));
    }

    @ParameterizedTest
    @MethodSource("unknownFlags")
    <A> void list_withFlagsNobodyKnows_isRefused(Signature<A, ?> signature, A args) {
        assertEquals(8, client.error(signature, args).code());
    }
}

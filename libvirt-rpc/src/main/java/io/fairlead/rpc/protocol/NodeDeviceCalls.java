package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import io.fairlead.rpc.xdr.Nullable;
import java.util.List;

/** Calls for devices of the host. */
public final class NodeDeviceCalls {
    private NodeDeviceCalls() {}

    public static final Signature<NodeNumOfDevicesArgs, NodeNumOfDevicesRet> NODE_NUM_OF_DEVICES =
            Signature.of(RemoteProcedure.NODE_NUM_OF_DEVICES, NodeNumOfDevicesArgs.class, NodeNumOfDevicesRet.class);
    public static final Signature<NodeListDevicesArgs, NodeListDevicesRet> NODE_LIST_DEVICES =
            Signature.of(RemoteProcedure.NODE_LIST_DEVICES, NodeListDevicesArgs.class, NodeListDevicesRet.class);
    public static final Signature<NodeDeviceLookupByNameArgs, NodeDeviceRef> NODE_DEVICE_LOOKUP_BY_NAME = Signature.of(
            RemoteProcedure.NODE_DEVICE_LOOKUP_BY_NAME, NodeDeviceLookupByNameArgs.class, NodeDeviceRef.class);
    public static final Signature<NodeDeviceGetXmlDescArgs, NodeDeviceGetXmlDescRet> NODE_DEVICE_GET_XML_DESC =
            Signature.of(
                    RemoteProcedure.NODE_DEVICE_GET_XML_DESC,
                    NodeDeviceGetXmlDescArgs.class,
                    NodeDeviceGetXmlDescRet.class);
    public static final Signature<NodeDeviceGetParentArgs, NodeDeviceGetParentRet> NODE_DEVICE_GET_PARENT =
            Signature.of(
                    RemoteProcedure.NODE_DEVICE_GET_PARENT,
                    NodeDeviceGetParentArgs.class,
                    NodeDeviceGetParentRet.class);
    public static final Signature<NodeDeviceNumOfCapsArgs, NodeDeviceNumOfCapsRet> NODE_DEVICE_NUM_OF_CAPS =
            Signature.of(
                    RemoteProcedure.NODE_DEVICE_NUM_OF_CAPS,
                    NodeDeviceNumOfCapsArgs.class,
                    NodeDeviceNumOfCapsRet.class);
    public static final Signature<NodeDeviceListCapsArgs, NodeDeviceListCapsRet> NODE_DEVICE_LIST_CAPS = Signature.of(
            RemoteProcedure.NODE_DEVICE_LIST_CAPS, NodeDeviceListCapsArgs.class, NodeDeviceListCapsRet.class);
    public static final Signature<ConnectListAllNodeDevicesArgs, ConnectListAllNodeDevicesRet>
            CONNECT_LIST_ALL_NODE_DEVICES = Signature.of(
                    RemoteProcedure.CONNECT_LIST_ALL_NODE_DEVICES,
                    ConnectListAllNodeDevicesArgs.class,
                    ConnectListAllNodeDevicesRet.class);
    public static final Signature<NodeDeviceIsPersistentArgs, NodeDeviceIsPersistentRet> NODE_DEVICE_IS_PERSISTENT =
            Signature.of(
                    RemoteProcedure.NODE_DEVICE_IS_PERSISTENT,
                    NodeDeviceIsPersistentArgs.class,
                    NodeDeviceIsPersistentRet.class);
    public static final Signature<NodeDeviceIsActiveArgs, NodeDeviceIsActiveRet> NODE_DEVICE_IS_ACTIVE = Signature.of(
            RemoteProcedure.NODE_DEVICE_IS_ACTIVE, NodeDeviceIsActiveArgs.class, NodeDeviceIsActiveRet.class);

    public record NodeNumOfDevicesArgs(@Nullable String cap, int flags) {}

    public record NodeNumOfDevicesRet(int num) {}

    public record NodeListDevicesArgs(@Nullable String cap, int maxnames, int flags) {}

    public record NodeListDevicesRet(@Max(Limits.NODE_DEVICE_LIST) List<String> names) {}

    public record NodeDeviceLookupByNameArgs(String name) {}

    public record NodeDeviceGetXmlDescArgs(String name, int flags) {}

    public record NodeDeviceGetXmlDescRet(String xml) {}

    public record NodeDeviceGetParentArgs(String name) {}

    public record NodeDeviceGetParentRet(@Nullable String parentName) {}

    public record NodeDeviceNumOfCapsArgs(String name) {}

    public record NodeDeviceNumOfCapsRet(int num) {}

    public record NodeDeviceListCapsArgs(String name, int maxnames) {}

    public record NodeDeviceListCapsRet(@Max(Limits.NODE_DEVICE_CAPS_LIST) List<String> names) {}

    public record ConnectListAllNodeDevicesArgs(int needResults, int flags) {}

    public record ConnectListAllNodeDevicesRet(@Max(Limits.NODE_DEVICE_LIST) List<NodeDeviceRef> devices, int ret) {}

    public record NodeDeviceIsPersistentArgs(String name) {}

    public record NodeDeviceIsPersistentRet(int persistent) {}

    public record NodeDeviceIsActiveArgs(String name) {}

    public record NodeDeviceIsActiveRet(int active) {}
}

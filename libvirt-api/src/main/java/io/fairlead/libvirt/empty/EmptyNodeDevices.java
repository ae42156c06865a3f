package io.fairlead.libvirt.empty;

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

import io.fairlead.libvirt.error.NoSuch;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Lists;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.Limits;
import io.fairlead.rpc.protocol.NodeDeviceCalls.ConnectListAllNodeDevicesRet;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeListDevicesRet;
import io.fairlead.rpc.protocol.NodeDeviceCalls.NodeNumOfDevicesRet;
import java.util.List;

/** Answers about the machine's devices, of which none is shown yet. */
final class EmptyNodeDevices {
    /** Flags: 22 capabilities, and active or inactive (virConnectListAllNodeDeviceFlags). */
    private static final int LIST_ALL = 0x3fffff | 3 << 30;

    private EmptyNodeDevices() {}

    static void addTo(Table table) {
        table.inline(NODE_NUM_OF_DEVICES, (call, args) -> {
            Flags.none("virNodeNumOfDevices", args.flags());
            return new NodeNumOfDevicesRet(0);
        });
        table.inline(NODE_LIST_DEVICES, (call, args) -> {
            Flags.none("virNodeListDevices", args.flags());
            Lists.room("maxnames", args.maxnames(), Limits.NODE_DEVICE_LIST);
            return new NodeListDevicesRet(List.of());
        });
        table.inline(CONNECT_LIST_ALL_NODE_DEVICES, (call, args) -> {
            Flags.check("virConnectListAllNodeDevices", args.flags(), LIST_ALL);
            return new ConnectListAllNodeDevicesRet(List.of(), 0);
        });
        table.inline(NODE_DEVICE_LOOKUP_BY_NAME, (call, args) -> {
            throw NoSuch.nodeDevice(args.name());
        });
        addReads(table);
    }

    private static void addReads(Table table) {
        table.inline(NODE_DEVICE_GET_XML_DESC, (call, args) -> {
            throw NoSuch.nodeDevice(args.name());
        });
        table.inline(NODE_DEVICE_GET_PARENT, (call, args) -> {
            throw NoSuch.nodeDevice(args.name());
        });
        table.inline(NODE_DEVICE_NUM_OF_CAPS, (call, args) -> {
            throw NoSuch.nodeDevice(args.name());
        });
        table.inline(NODE_DEVICE_LIST_CAPS, (call, args) -> {
            throw NoSuch.nodeDevice(args.name());
        });
        table.inline(NODE_DEVICE_IS_ACTIVE, (call, args) -> {
            throw NoSuch.nodeDevice(args.name());
        });
        table.inline(NODE_DEVICE_IS_PERSISTENT, (call, args) -> {
            throw NoSuch.nodeDevice(args.name());
        });
    }
}

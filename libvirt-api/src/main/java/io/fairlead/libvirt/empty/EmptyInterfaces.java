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

import io.fairlead.libvirt.error.NoSuch;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Lists;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.InterfaceCalls.ConnectListAllInterfacesRet;
import io.fairlead.rpc.protocol.InterfaceCalls.ConnectListDefinedInterfacesRet;
import io.fairlead.rpc.protocol.InterfaceCalls.ConnectListInterfacesRet;
import io.fairlead.rpc.protocol.InterfaceCalls.ConnectNumOfDefinedInterfacesRet;
import io.fairlead.rpc.protocol.InterfaceCalls.ConnectNumOfInterfacesRet;
import io.fairlead.rpc.protocol.Limits;
import java.util.List;

/** Answers about the machine's network interfaces, of which none is shown yet. */
final class EmptyInterfaces {
    /** Flags: active and inactive. */
    private static final int LIST_ALL = 0x3;

    private EmptyInterfaces() {}

    static void addTo(Table table) {
        table.inline(CONNECT_NUM_OF_INTERFACES, (call, none) -> new ConnectNumOfInterfacesRet(0));
        table.inline(CONNECT_NUM_OF_DEFINED_INTERFACES, (call, none) -> new ConnectNumOfDefinedInterfacesRet(0));
        table.inline(CONNECT_LIST_INTERFACES, (call, args) -> {
            Lists.room("maxnames", args.maxnames(), Limits.INTERFACE_LIST);
            return new ConnectListInterfacesRet(List.of());
        });
        table.inline(CONNECT_LIST_DEFINED_INTERFACES, (call, args) -> {
            Lists.room("maxnames", args.maxnames(), Limits.INTERFACE_LIST);
            return new ConnectListDefinedInterfacesRet(List.of());
        });
        table.inline(CONNECT_LIST_ALL_INTERFACES, (call, args) -> {
            Flags.check("virConnectListAllInterfaces", args.flags(), LIST_ALL);
            return new ConnectListAllInterfacesRet(List.of(), 0);
        });
        table.inline(INTERFACE_LOOKUP_BY_NAME, (call, args) -> {
            throw NoSuch.hostInterfaceNamed(args.name());
        });
        table.inline(INTERFACE_LOOKUP_BY_MAC_STRING, (call, args) -> {
            throw NoSuch.hostInterface("with MAC address '%s'".formatted(args.mac()));
        });
        table.inline(INTERFACE_GET_XML_DESC, (call, args) -> {
            throw NoSuch.hostInterfaceNamed(args.iface().name());
        });
        table.inline(INTERFACE_IS_ACTIVE, (call, iface) -> {
            throw NoSuch.hostInterfaceNamed(iface.name());
        });
    }
}

package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import java.util.List;

/** Calls for the network interfaces of the host. */
public final class InterfaceCalls {
    private InterfaceCalls() {}

    public static final Signature<Void, ConnectNumOfInterfacesRet> CONNECT_NUM_OF_INTERFACES =
            Signature.of(RemoteProcedure.CONNECT_NUM_OF_INTERFACES, Void.class, ConnectNumOfInterfacesRet.class);
    public static final Signature<ConnectListInterfacesArgs, ConnectListInterfacesRet> CONNECT_LIST_INTERFACES =
            Signature.of(
                    RemoteProcedure.CONNECT_LIST_INTERFACES,
                    ConnectListInterfacesArgs.class,
                    ConnectListInterfacesRet.class);
    public static final Signature<InterfaceLookupByNameArgs, InterfaceRef> INTERFACE_LOOKUP_BY_NAME =
            Signature.of(RemoteProcedure.INTERFACE_LOOKUP_BY_NAME, InterfaceLookupByNameArgs.class, InterfaceRef.class);
    public static final Signature<InterfaceLookupByMacStringArgs, InterfaceRef> INTERFACE_LOOKUP_BY_MAC_STRING =
            Signature.of(
                    RemoteProcedure.INTERFACE_LOOKUP_BY_MAC_STRING,
                    InterfaceLookupByMacStringArgs.class,
                    InterfaceRef.class);
    public static final Signature<InterfaceGetXmlDescArgs, InterfaceGetXmlDescRet> INTERFACE_GET_XML_DESC =
            Signature.of(
                    RemoteProcedure.INTERFACE_GET_XML_DESC,
                    InterfaceGetXmlDescArgs.class,
                    InterfaceGetXmlDescRet.class);
    public static final Signature<InterfaceDefineXmlArgs, InterfaceRef> INTERFACE_DEFINE_XML =
            Signature.of(RemoteProcedure.INTERFACE_DEFINE_XML, InterfaceDefineXmlArgs.class, InterfaceRef.class);
    public static final Signature<InterfaceRef, Void> INTERFACE_UNDEFINE =
            Signature.of(RemoteProcedure.INTERFACE_UNDEFINE, InterfaceRef.class, Void.class);
    public static final Signature<InterfaceCreateArgs, Void> INTERFACE_CREATE =
            Signature.of(RemoteProcedure.INTERFACE_CREATE, InterfaceCreateArgs.class, Void.class);
    public static final Signature<InterfaceDestroyArgs, Void> INTERFACE_DESTROY =
            Signature.of(RemoteProcedure.INTERFACE_DESTROY, InterfaceDestroyArgs.class, Void.class);
    public static final Signature<Void, ConnectNumOfDefinedInterfacesRet> CONNECT_NUM_OF_DEFINED_INTERFACES =
            Signature.of(
                    RemoteProcedure.CONNECT_NUM_OF_DEFINED_INTERFACES,
                    Void.class,
                    ConnectNumOfDefinedInterfacesRet.class);
    public static final Signature<ConnectListDefinedInterfacesArgs, ConnectListDefinedInterfacesRet>
            CONNECT_LIST_DEFINED_INTERFACES = Signature.of(
                    RemoteProcedure.CONNECT_LIST_DEFINED_INTERFACES,
                    ConnectListDefinedInterfacesArgs.class,
                    ConnectListDefinedInterfacesRet.class);
    public static final Signature<InterfaceRef, InterfaceIsActiveRet> INTERFACE_IS_ACTIVE =
            Signature.of(RemoteProcedure.INTERFACE_IS_ACTIVE, InterfaceRef.class, InterfaceIsActiveRet.class);
    public static final Signature<ConnectListAllInterfacesArgs, ConnectListAllInterfacesRet>
            CONNECT_LIST_ALL_INTERFACES = Signature.of(
                    RemoteProcedure.CONNECT_LIST_ALL_INTERFACES,
                    ConnectListAllInterfacesArgs.class,
                    ConnectListAllInterfacesRet.class);

    public record ConnectNumOfInterfacesRet(int num) {}

    public record ConnectListInterfacesArgs(int maxnames) {}

    public record ConnectListInterfacesRet(@Max(Limits.INTERFACE_LIST) List<String> names) {}

    public record InterfaceLookupByNameArgs(String name) {}

    public record InterfaceLookupByMacStringArgs(String mac) {}

    public record InterfaceGetXmlDescArgs(InterfaceRef iface, int flags) {}

    public record InterfaceGetXmlDescRet(String xml) {}

    public record InterfaceDefineXmlArgs(String xml, int flags) {}

    public record InterfaceCreateArgs(InterfaceRef iface, int flags) {}

    public record InterfaceDestroyArgs(InterfaceRef iface, int flags) {}

    public record ConnectNumOfDefinedInterfacesRet(int num) {}

    public record ConnectListDefinedInterfacesArgs(int maxnames) {}

    public record ConnectListDefinedInterfacesRet(@Max(Limits.INTERFACE_LIST) List<String> names) {}

    public record InterfaceIsActiveRet(int active) {}

    public record ConnectListAllInterfacesArgs(int needResults, int flags) {}

    public record ConnectListAllInterfacesRet(@Max(Limits.INTERFACE_LIST) List<InterfaceRef> ifaces, int ret) {}
}

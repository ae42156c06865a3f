package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import java.util.List;
import java.util.UUID;

/** Calls for packet filters and their bindings. */
public final class NwFilterCalls {
    private NwFilterCalls() {}

    public static final Signature<NwFilterLookupByNameArgs, NwFilterRef> NWFILTER_LOOKUP_BY_NAME =
            Signature.of(RemoteProcedure.NWFILTER_LOOKUP_BY_NAME, NwFilterLookupByNameArgs.class, NwFilterRef.class);
    public static final Signature<NwFilterLookupByUuidArgs, NwFilterRef> NWFILTER_LOOKUP_BY_UUID =
            Signature.of(RemoteProcedure.NWFILTER_LOOKUP_BY_UUID, NwFilterLookupByUuidArgs.class, NwFilterRef.class);
    public static final Signature<NwFilterGetXmlDescArgs, NwFilterGetXmlDescRet> NWFILTER_GET_XML_DESC = Signature.of(
            RemoteProcedure.NWFILTER_GET_XML_DESC, NwFilterGetXmlDescArgs.class, NwFilterGetXmlDescRet.class);
    public static final Signature<Void, ConnectNumOfNwFiltersRet> CONNECT_NUM_OF_NWFILTERS =
            Signature.of(RemoteProcedure.CONNECT_NUM_OF_NWFILTERS, Void.class, ConnectNumOfNwFiltersRet.class);
    public static final Signature<ConnectListNwFiltersArgs, ConnectListNwFiltersRet> CONNECT_LIST_NWFILTERS =
            Signature.of(
                    RemoteProcedure.CONNECT_LIST_NWFILTERS,
                    ConnectListNwFiltersArgs.class,
                    ConnectListNwFiltersRet.class);
    public static final Signature<NwFilterDefineXmlArgs, NwFilterRef> NWFILTER_DEFINE_XML =
            Signature.of(RemoteProcedure.NWFILTER_DEFINE_XML, NwFilterDefineXmlArgs.class, NwFilterRef.class);
    public static final Signature<NwFilterRef, Void> NWFILTER_UNDEFINE =
            Signature.of(RemoteProcedure.NWFILTER_UNDEFINE, NwFilterRef.class, Void.class);
    public static final Signature<ConnectListAllNwFiltersArgs, ConnectListAllNwFiltersRet> CONNECT_LIST_ALL_NWFILTERS =
            Signature.of(
                    RemoteProcedure.CONNECT_LIST_ALL_NWFILTERS,
                    ConnectListAllNwFiltersArgs.class,
                    ConnectListAllNwFiltersRet.class);
    public static final Signature<NwFilterBindingLookupByPortDevArgs, NwFilterBindingRef>
            NWFILTER_BINDING_LOOKUP_BY_PORT_DEV = Signature.of(
                    RemoteProcedure.NWFILTER_BINDING_LOOKUP_BY_PORT_DEV,
                    NwFilterBindingLookupByPortDevArgs.class,
                    NwFilterBindingRef.class);
    public static final Signature<NwFilterBindingGetXmlDescArgs, NwFilterBindingGetXmlDescRet>
            NWFILTER_BINDING_GET_XML_DESC = Signature.of(
                    RemoteProcedure.NWFILTER_BINDING_GET_XML_DESC,
                    NwFilterBindingGetXmlDescArgs.class,
                    NwFilterBindingGetXmlDescRet.class);
    public static final Signature<NwFilterBindingCreateXmlArgs, NwFilterBindingRef> NWFILTER_BINDING_CREATE_XML =
            Signature.of(
                    RemoteProcedure.NWFILTER_BINDING_CREATE_XML,
                    NwFilterBindingCreateXmlArgs.class,
                    NwFilterBindingRef.class);
    public static final Signature<NwFilterBindingRef, Void> NWFILTER_BINDING_DELETE =
            Signature.of(RemoteProcedure.NWFILTER_BINDING_DELETE, NwFilterBindingRef.class, Void.class);
    public static final Signature<ConnectListAllNwFilterBindingsArgs, ConnectListAllNwFilterBindingsRet>
            CONNECT_LIST_ALL_NWFILTER_BINDINGS = Signature.of(
                    RemoteProcedure.CONNECT_LIST_ALL_NWFILTER_BINDINGS,
                    ConnectListAllNwFilterBindingsArgs.class,
                    ConnectListAllNwFilterBindingsRet.class);
    public static final Signature<NwFilterDefineXmlFlagsArgs, NwFilterRef> NWFILTER_DEFINE_XML_FLAGS = Signature.of(
            RemoteProcedure.NWFILTER_DEFINE_XML_FLAGS, NwFilterDefineXmlFlagsArgs.class, NwFilterRef.class);

    public record NwFilterLookupByNameArgs(String name) {}

    public record NwFilterLookupByUuidArgs(UUID uuid) {}

    public record NwFilterGetXmlDescArgs(NwFilterRef nwfilter, int flags) {}

    public record NwFilterGetXmlDescRet(String xml) {}

    public record ConnectNumOfNwFiltersRet(int num) {}

    public record ConnectListNwFiltersArgs(int maxnames) {}

    public record ConnectListNwFiltersRet(@Max(Limits.NWFILTER_LIST) List<String> names) {}

    public record NwFilterDefineXmlArgs(String xml) {}

    public record ConnectListAllNwFiltersArgs(int needResults, int flags) {}

    public record ConnectListAllNwFiltersRet(@Max(Limits.NWFILTER_LIST) List<NwFilterRef> filters, int ret) {}

    public record NwFilterBindingLookupByPortDevArgs(String name) {}

    public record NwFilterBindingGetXmlDescArgs(NwFilterBindingRef nwfilter, int flags) {}

    public record NwFilterBindingGetXmlDescRet(String xml) {}

    public record NwFilterBindingCreateXmlArgs(String xml, int flags) {}

    public record ConnectListAllNwFilterBindingsArgs(int needResults, int flags) {}

    public record ConnectListAllNwFilterBindingsRet(
            @Max(Limits.NWFILTER_BINDING_LIST) List<NwFilterBindingRef> bindings, int ret) {}

    public record NwFilterDefineXmlFlagsArgs(String xml, int flags) {}
}

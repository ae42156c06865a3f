package io.fairlead.libvirt.empty;

import static io.fairlead.rpc.protocol.NwFilterCalls.CONNECT_LIST_ALL_NWFILTERS;
import static io.fairlead.rpc.protocol.NwFilterCalls.CONNECT_LIST_ALL_NWFILTER_BINDINGS;
import static io.fairlead.rpc.protocol.NwFilterCalls.CONNECT_LIST_NWFILTERS;
import static io.fairlead.rpc.protocol.NwFilterCalls.CONNECT_NUM_OF_NWFILTERS;
import static io.fairlead.rpc.protocol.NwFilterCalls.NWFILTER_BINDING_GET_XML_DESC;
import static io.fairlead.rpc.protocol.NwFilterCalls.NWFILTER_BINDING_LOOKUP_BY_PORT_DEV;
import static io.fairlead.rpc.protocol.NwFilterCalls.NWFILTER_GET_XML_DESC;
import static io.fairlead.rpc.protocol.NwFilterCalls.NWFILTER_LOOKUP_BY_NAME;
import static io.fairlead.rpc.protocol.NwFilterCalls.NWFILTER_LOOKUP_BY_UUID;

import io.fairlead.libvirt.error.Errors;
import io.fairlead.libvirt.error.NoSuch;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Lists;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.Limits;
import io.fairlead.rpc.protocol.NwFilterCalls.ConnectListAllNwFilterBindingsRet;
import io.fairlead.rpc.protocol.NwFilterCalls.ConnectListAllNwFiltersRet;
import io.fairlead.rpc.protocol.NwFilterCalls.ConnectListNwFiltersRet;
import io.fairlead.rpc.protocol.NwFilterCalls.ConnectNumOfNwFiltersRet;
import java.util.List;

/** Answers about network filters and their bindings while there are none. */
final class EmptyFilters {
    private EmptyFilters() {}

    static void addTo(Table table) {
        table.inline(CONNECT_NUM_OF_NWFILTERS, (call, none) -> new ConnectNumOfNwFiltersRet(0));
        table.inline(CONNECT_LIST_NWFILTERS, (call, args) -> {
            Lists.room("maxnames", args.maxnames(), Limits.NWFILTER_LIST);
            return new ConnectListNwFiltersRet(List.of());
        });
        table.inline(CONNECT_LIST_ALL_NWFILTERS, (call, args) -> {
            Flags.none("virConnectListAllNWFilters", args.flags());
            return new ConnectListAllNwFiltersRet(List.of(), 0);
        });
        table.inline(NWFILTER_LOOKUP_BY_NAME, (call, args) -> {
            throw NoSuch.nwFilter("name", args.name());
        });
        table.inline(NWFILTER_LOOKUP_BY_UUID, (call, args) -> {
            throw NoSuch.nwFilter("uuid", args.uuid());
        });
        table.inline(NWFILTER_GET_XML_DESC, (call, args) -> {
            throw NoSuch.nwFilter("uuid", args.nwfilter().uuid());
        });
        addBindings(table);
    }

    private static void addBindings(Table table) {
        table.inline(CONNECT_LIST_ALL_NWFILTER_BINDINGS, (call, args) -> {
            Flags.none("virConnectListAllNWFilterBindings", args.flags());
            return new ConnectListAllNwFilterBindingsRet(List.of(), 0);
        });
        table.inline(NWFILTER_BINDING_LOOKUP_BY_PORT_DEV, (call, args) -> {
            throw Errors.noNwFilterBinding(args.name());
        });
        table.inline(NWFILTER_BINDING_GET_XML_DESC, (call, args) -> {
            throw Errors.noNwFilterBinding(args.nwfilter().portdev());
        });
    }
}

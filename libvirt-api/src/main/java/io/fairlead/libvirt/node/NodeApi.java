package io.fairlead.libvirt.node;

import io.fairlead.libvirt.procedure.Table;

/** All procedures about the host machine. */
public final class NodeApi {
    private NodeApi() {}

    public static void addTo(Table table, HostFacts host) {
        new NodeProcedures(host).addTo(table);
        new NodeUsageProcedures(host).addTo(table);
    }
}

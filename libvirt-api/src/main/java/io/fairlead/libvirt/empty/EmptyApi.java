package io.fairlead.libvirt.empty;

import io.fairlead.libvirt.procedure.Table;

/** All procedures about kinds of objects of which there are none here. */
public final class EmptyApi {
    private EmptyApi() {}

    public static void addTo(Table table) {
        EmptyNetworks.addTo(table);
        EmptyInterfaces.addTo(table);
        EmptyNodeDevices.addTo(table);
        EmptySecrets.addTo(table);
        EmptyFilters.addTo(table);
    }
}

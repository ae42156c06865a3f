package io.fairlead.libvirt.storage;

import io.fairlead.libvirt.procedure.Table;
import io.fairlead.storage.pool.Storage;

/** All procedures about pools and volumes. */
public final class StorageApi {
    private StorageApi() {}

    public static void addTo(Table table, Storage storage) {
        new StoragePoolListProcedures(storage).addTo(table);
        new StoragePoolProcedures(storage).addTo(table);
        new StorageVolumeProcedures(storage).addTo(table);
        new VolumeStreamProcedures(storage).addTo(table);
    }
}

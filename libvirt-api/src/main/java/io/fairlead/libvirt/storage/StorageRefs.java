package io.fairlead.libvirt.storage;

import io.fairlead.rpc.protocol.StoragePoolRef;
import io.fairlead.rpc.protocol.StorageVolRef;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.pool.Pool;
import io.fairlead.storage.pool.Storage;
import io.fairlead.storage.pool.Volume;

/** Converts between pools and volumes on the wire and those of the pool service. */
final class StorageRefs {
    private final Storage storage;

    StorageRefs(Storage storage) {
        this.storage = storage;
    }

    /** Looks up by uuid, as for domains. */
    Pool pool(StoragePoolRef ref) {
        return storage.registry().get(ref.uuid(), ref.name());
    }

    Volume volume(StorageVolRef ref) {
        return storage.lookups().byName(storage.registry().get(ref.pool()), ref.name());
    }

    static StoragePoolRef ref(Pool pool) {
        return new StoragePoolRef(pool.name(), pool.uuid());
    }

    static StorageVolRef ref(Volume volume) {
        return ref(volume.pool(), volume.facts());
    }

    static StorageVolRef ref(Pool pool, VolumeFacts facts) {
        return new StorageVolRef(pool.name(), facts.name(), facts.key());
    }
}

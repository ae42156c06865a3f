package io.fairlead.libvirt.storage;

import io.fairlead.libvirt.error.NoSuch;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Lists;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.Limits;
import io.fairlead.rpc.protocol.StoragePoolCalls;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectListAllStoragePoolsRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectListDefinedStoragePoolsRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectListStoragePoolsRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectNumOfDefinedStoragePoolsRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectNumOfStoragePoolsRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolListAllVolumesArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolListAllVolumesRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolListVolumesRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolNumOfVolumesRet;
import io.fairlead.rpc.protocol.StorageVolRef;
import io.fairlead.storage.pool.Pool;
import io.fairlead.storage.pool.Storage;
import java.util.List;
import java.util.stream.Stream;

/** Lists and look-ups of pools and volumes, from memory. */
final class StoragePoolListProcedures {
    private final Storage storage;
    private final StorageRefs refs;

    StoragePoolListProcedures(Storage storage) {
        this.storage = storage;
        this.refs = new StorageRefs(storage);
    }

    void addTo(Table table) {
        addPools(table);
        addVolumes(table);
        addLookups(table);
    }

    private void addPools(Table table) {
        table.inline(
                StoragePoolCalls.CONNECT_NUM_OF_STORAGE_POOLS,
                (call, none) ->
                        new ConnectNumOfStoragePoolsRet((int) names(true).count()));
        table.inline(
                StoragePoolCalls.CONNECT_NUM_OF_DEFINED_STORAGE_POOLS,
                (call, none) -> new ConnectNumOfDefinedStoragePoolsRet(
                        (int) names(false).count()));
        table.inline(StoragePoolCalls.CONNECT_LIST_STORAGE_POOLS, (call, args) -> {
            int room = Lists.room("maxnames", args.maxnames(), Limits.STORAGE_POOL_LIST);
            return new ConnectListStoragePoolsRet(names(true).limit(room).toList());
        });
        table.inline(StoragePoolCalls.CONNECT_LIST_DEFINED_STORAGE_POOLS, (call, args) -> {
            int room = Lists.room("maxnames", args.maxnames(), Limits.STORAGE_POOL_LIST);
            return new ConnectListDefinedStoragePoolsRet(
                    names(false).limit(room).toList());
        });
        table.inline(StoragePoolCalls.CONNECT_LIST_ALL_STORAGE_POOLS, (call, args) -> {
            PoolFilter filter = new PoolFilter(args.flags());
            List<Pool> found = storage.registry().all().stream()
                    .filter(pool -> filter.passes(pool.status()))
                    .toList();
            return new ConnectListAllStoragePoolsRet(
                    args.needResults() == 0
                            ? List.of()
                            : found.stream().map(StorageRefs::ref).toList(),
                    found.size());
        });
    }

    private Stream<String> names(boolean active) {
        return storage.registry().all().stream()
                .filter(pool -> pool.status().active() == active)
                .map(Pool::name);
    }

    private void addVolumes(Table table) {
        table.inline(
                StoragePoolCalls.STORAGE_POOL_NUM_OF_VOLUMES,
                (call, ref) -> new StoragePoolNumOfVolumesRet(
                        refs.pool(ref).active().volumes().size()));
        table.inline(StoragePoolCalls.STORAGE_POOL_LIST_VOLUMES, (call, args) -> {
            int room = Lists.room("maxnames", args.maxnames(), Limits.STORAGE_VOL_LIST);
            return new StoragePoolListVolumesRet(refs.pool(args.pool()).active().volumes().keySet().stream()
                    .limit(room)
                    .toList());
        });
        table.inline(StoragePoolCalls.STORAGE_POOL_LIST_ALL_VOLUMES, (call, args) -> listAll(args));
    }

    private StoragePoolListAllVolumesRet listAll(StoragePoolListAllVolumesArgs args) {
        Flags.none("virStoragePoolListAllVolumes", args.flags());
        Pool pool = refs.pool(args.pool());
        List<StorageVolRef> volumes = pool.active().volumes().values().stream()
                .map(facts -> StorageRefs.ref(pool, facts))
                .toList();
        return new StoragePoolListAllVolumesRet(args.needResults() == 0 ? List.of() : volumes, volumes.size());
    }

    private void addLookups(Table table) {
        table.inline(
                StoragePoolCalls.STORAGE_POOL_LOOKUP_BY_NAME,
                (call, args) -> StorageRefs.ref(storage.registry().get(args.name())));
        table.inline(
                StoragePoolCalls.STORAGE_POOL_LOOKUP_BY_UUID,
                (call, args) -> StorageRefs.ref(storage.registry()
                        .find(args.uuid())
                        .orElseThrow(() -> NoSuch.storagePool("uuid", args.uuid()))));
        table.inline(
                StoragePoolCalls.STORAGE_POOL_LOOKUP_BY_VOLUME,
                (call, vol) -> StorageRefs.ref(storage.registry().get(vol.pool())));
        table.inline(
                StoragePoolCalls.STORAGE_POOL_LOOKUP_BY_TARGET_PATH,
                (call, args) -> StorageRefs.ref(storage.registry().byTargetPath(args.path())));
    }
}

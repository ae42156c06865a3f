package io.fairlead.libvirt;

import static io.fairlead.rpc.protocol.StoragePools.CONNECT_LIST_ALL_STORAGE_POOLS;
import static io.fairlead.rpc.protocol.StoragePools.CONNECT_LIST_DEFINED_STORAGE_POOLS;
import static io.fairlead.rpc.protocol.StoragePools.CONNECT_LIST_STORAGE_POOLS;
import static io.fairlead.rpc.protocol.StoragePools.CONNECT_NUM_OF_DEFINED_STORAGE_POOLS;
import static io.fairlead.rpc.protocol.StoragePools.CONNECT_NUM_OF_STORAGE_POOLS;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_GET_AUTOSTART;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_GET_INFO;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_GET_XML_DESC;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_IS_ACTIVE;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_IS_PERSISTENT;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_LIST_ALL_VOLUMES;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_LIST_VOLUMES;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_LOOKUP_BY_NAME;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_LOOKUP_BY_TARGET_PATH;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_LOOKUP_BY_UUID;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_LOOKUP_BY_VOLUME;
import static io.fairlead.rpc.protocol.StoragePools.STORAGE_POOL_NUM_OF_VOLUMES;
import static io.fairlead.rpc.protocol.StorageVolumes.STORAGE_VOL_GET_INFO;
import static io.fairlead.rpc.protocol.StorageVolumes.STORAGE_VOL_GET_INFO_FLAGS;
import static io.fairlead.rpc.protocol.StorageVolumes.STORAGE_VOL_GET_PATH;
import static io.fairlead.rpc.protocol.StorageVolumes.STORAGE_VOL_GET_XML_DESC;
import static io.fairlead.rpc.protocol.StorageVolumes.STORAGE_VOL_LOOKUP_BY_KEY;
import static io.fairlead.rpc.protocol.StorageVolumes.STORAGE_VOL_LOOKUP_BY_NAME;
import static io.fairlead.rpc.protocol.StorageVolumes.STORAGE_VOL_LOOKUP_BY_PATH;

import io.fairlead.core.error.EngineException;
import io.fairlead.rpc.protocol.Limits;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.protocol.StoragePoolRef;
import io.fairlead.rpc.protocol.StoragePools.ConnectListAllStoragePoolsRet;
import io.fairlead.rpc.protocol.StoragePools.ConnectListDefinedStoragePoolsRet;
import io.fairlead.rpc.protocol.StoragePools.ConnectListStoragePoolsRet;
import io.fairlead.rpc.protocol.StoragePools.ConnectNumOfDefinedStoragePoolsRet;
import io.fairlead.rpc.protocol.StoragePools.ConnectNumOfStoragePoolsRet;
import io.fairlead.rpc.protocol.StorageVolRef;
import java.util.List;

/** Storage pools and volumes, as long as there are none. Making one is answered as unknown. */
final class EmptyStorage {
    /** State, persistence, autostart and 14 pool types (virConnectListAllStoragePoolsFlags). */
    private static final int LIST_ALL = 0xfffff;

    private EmptyStorage() {}

    static void addTo(Table table) {
        addLists(table);
        addLookups(table);
        addReads(table);
    }

    private static void addLists(Table table) {
        table.inline(CONNECT_NUM_OF_STORAGE_POOLS, (call, none) -> new ConnectNumOfStoragePoolsRet(0));
        table.inline(CONNECT_NUM_OF_DEFINED_STORAGE_POOLS, (call, none) -> new ConnectNumOfDefinedStoragePoolsRet(0));
        table.inline(CONNECT_LIST_STORAGE_POOLS, (call, args) -> {
            Lists.room("maxnames", args.maxnames(), Limits.STORAGE_POOL_LIST);
            return new ConnectListStoragePoolsRet(List.of());
        });
        table.inline(CONNECT_LIST_DEFINED_STORAGE_POOLS, (call, args) -> {
            Lists.room("maxnames", args.maxnames(), Limits.STORAGE_POOL_LIST);
            return new ConnectListDefinedStoragePoolsRet(List.of());
        });
        table.inline(CONNECT_LIST_ALL_STORAGE_POOLS, (call, args) -> {
            Flags.check("virConnectListAllStoragePools", args.flags(), LIST_ALL);
            return new ConnectListAllStoragePoolsRet(List.of(), 0);
        });
    }

    private static void addLookups(Table table) {
        table.inline(STORAGE_POOL_LOOKUP_BY_NAME, (call, args) -> {
            throw NoSuch.storagePool("name", args.name());
        });
        table.inline(STORAGE_POOL_LOOKUP_BY_UUID, (call, args) -> {
            throw NoSuch.storagePool("uuid", args.uuid());
        });
        table.inline(STORAGE_POOL_LOOKUP_BY_TARGET_PATH, (call, args) -> {
            throw NoSuch.storagePool("target path", args.path());
        });
        table.inline(STORAGE_POOL_LOOKUP_BY_VOLUME, (call, vol) -> {
            throw NoSuch.storagePool("name", vol.pool());
        });
        table.inline(STORAGE_VOL_LOOKUP_BY_NAME, (call, args) -> {
            throw noSuch(args.pool());
        });
        table.inline(STORAGE_VOL_LOOKUP_BY_KEY, (call, args) -> {
            throw NoSuch.storageVolume("key", args.key());
        });
        table.inline(STORAGE_VOL_LOOKUP_BY_PATH, (call, args) -> {
            throw NoSuch.storageVolume("path", args.path());
        });
    }

    /** A client may still hold a pool or a volume that another server gave it. */
    private static void addReads(Table table) {
        table.inline(STORAGE_POOL_GET_XML_DESC, (call, args) -> {
            throw noSuch(args.pool());
        });
        table.inline(STORAGE_POOL_LIST_VOLUMES, (call, args) -> {
            throw noSuch(args.pool());
        });
        table.inline(STORAGE_POOL_LIST_ALL_VOLUMES, (call, args) -> {
            throw noSuch(args.pool());
        });
        noSuchPool(table, STORAGE_POOL_GET_INFO);
        noSuchPool(table, STORAGE_POOL_GET_AUTOSTART);
        noSuchPool(table, STORAGE_POOL_NUM_OF_VOLUMES);
        noSuchPool(table, STORAGE_POOL_IS_ACTIVE);
        noSuchPool(table, STORAGE_POOL_IS_PERSISTENT);
        table.inline(STORAGE_VOL_GET_XML_DESC, (call, args) -> {
            throw noSuch(args.vol());
        });
        table.inline(STORAGE_VOL_GET_INFO_FLAGS, (call, args) -> {
            throw noSuch(args.vol());
        });
        noSuchVolume(table, STORAGE_VOL_GET_INFO);
        noSuchVolume(table, STORAGE_VOL_GET_PATH);
    }

    private static <R> void noSuchPool(Table table, Signature<StoragePoolRef, R> signature) {
        table.inline(signature, (call, pool) -> {
            throw noSuch(pool);
        });
    }

    private static <R> void noSuchVolume(Table table, Signature<StorageVolRef, R> signature) {
        table.inline(signature, (call, vol) -> {
            throw noSuch(vol);
        });
    }

    private static EngineException noSuch(StoragePoolRef pool) {
        return NoSuch.storagePool("uuid", pool.uuid());
    }

    /** A volume is looked up in its pool, which is what is missing. */
    private static EngineException noSuch(StorageVolRef vol) {
        return NoSuch.storagePool("name", vol.pool());
    }
}

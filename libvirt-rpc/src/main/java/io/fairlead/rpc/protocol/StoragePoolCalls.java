package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import io.fairlead.rpc.xdr.Nullable;
import java.util.List;
import java.util.UUID;

/** Calls for storage pools. */
public final class StoragePoolCalls {
    private StoragePoolCalls() {}

    public static final Signature<Void, ConnectNumOfStoragePoolsRet> CONNECT_NUM_OF_STORAGE_POOLS =
            Signature.of(RemoteProcedure.CONNECT_NUM_OF_STORAGE_POOLS, Void.class, ConnectNumOfStoragePoolsRet.class);
    public static final Signature<ConnectListStoragePoolsArgs, ConnectListStoragePoolsRet> CONNECT_LIST_STORAGE_POOLS =
            Signature.of(
                    RemoteProcedure.CONNECT_LIST_STORAGE_POOLS,
                    ConnectListStoragePoolsArgs.class,
                    ConnectListStoragePoolsRet.class);
    public static final Signature<Void, ConnectNumOfDefinedStoragePoolsRet> CONNECT_NUM_OF_DEFINED_STORAGE_POOLS =
            Signature.of(
                    RemoteProcedure.CONNECT_NUM_OF_DEFINED_STORAGE_POOLS,
                    Void.class,
                    ConnectNumOfDefinedStoragePoolsRet.class);
    public static final Signature<ConnectListDefinedStoragePoolsArgs, ConnectListDefinedStoragePoolsRet>
            CONNECT_LIST_DEFINED_STORAGE_POOLS = Signature.of(
                    RemoteProcedure.CONNECT_LIST_DEFINED_STORAGE_POOLS,
                    ConnectListDefinedStoragePoolsArgs.class,
                    ConnectListDefinedStoragePoolsRet.class);
    public static final Signature<ConnectFindStoragePoolSourcesArgs, ConnectFindStoragePoolSourcesRet>
            CONNECT_FIND_STORAGE_POOL_SOURCES = Signature.of(
                    RemoteProcedure.CONNECT_FIND_STORAGE_POOL_SOURCES,
                    ConnectFindStoragePoolSourcesArgs.class,
                    ConnectFindStoragePoolSourcesRet.class);
    public static final Signature<StoragePoolCreateXmlArgs, StoragePoolRef> STORAGE_POOL_CREATE_XML =
            Signature.of(RemoteProcedure.STORAGE_POOL_CREATE_XML, StoragePoolCreateXmlArgs.class, StoragePoolRef.class);
    public static final Signature<StoragePoolDefineXmlArgs, StoragePoolRef> STORAGE_POOL_DEFINE_XML =
            Signature.of(RemoteProcedure.STORAGE_POOL_DEFINE_XML, StoragePoolDefineXmlArgs.class, StoragePoolRef.class);
    public static final Signature<StoragePoolCreateArgs, Void> STORAGE_POOL_CREATE =
            Signature.of(RemoteProcedure.STORAGE_POOL_CREATE, StoragePoolCreateArgs.class, Void.class);
    public static final Signature<StoragePoolBuildArgs, Void> STORAGE_POOL_BUILD =
            Signature.of(RemoteProcedure.STORAGE_POOL_BUILD, StoragePoolBuildArgs.class, Void.class);
    public static final Signature<StoragePoolRef, Void> STORAGE_POOL_DESTROY =
            Signature.of(RemoteProcedure.STORAGE_POOL_DESTROY, StoragePoolRef.class, Void.class);
    public static final Signature<StoragePoolDeleteArgs, Void> STORAGE_POOL_DELETE =
            Signature.of(RemoteProcedure.STORAGE_POOL_DELETE, StoragePoolDeleteArgs.class, Void.class);
    public static final Signature<StoragePoolRef, Void> STORAGE_POOL_UNDEFINE =
            Signature.of(RemoteProcedure.STORAGE_POOL_UNDEFINE, StoragePoolRef.class, Void.class);
    public static final Signature<StoragePoolRefreshArgs, Void> STORAGE_POOL_REFRESH =
            Signature.of(RemoteProcedure.STORAGE_POOL_REFRESH, StoragePoolRefreshArgs.class, Void.class);
    public static final Signature<StoragePoolLookupByNameArgs, StoragePoolRef> STORAGE_POOL_LOOKUP_BY_NAME =
            Signature.of(
                    RemoteProcedure.STORAGE_POOL_LOOKUP_BY_NAME,
                    StoragePoolLookupByNameArgs.class,
                    StoragePoolRef.class);
    public static final Signature<StoragePoolLookupByUuidArgs, StoragePoolRef> STORAGE_POOL_LOOKUP_BY_UUID =
            Signature.of(
                    RemoteProcedure.STORAGE_POOL_LOOKUP_BY_UUID,
                    StoragePoolLookupByUuidArgs.class,
                    StoragePoolRef.class);
    public static final Signature<StorageVolRef, StoragePoolRef> STORAGE_POOL_LOOKUP_BY_VOLUME =
            Signature.of(RemoteProcedure.STORAGE_POOL_LOOKUP_BY_VOLUME, StorageVolRef.class, StoragePoolRef.class);
    public static final Signature<StoragePoolRef, StoragePoolGetInfoRet> STORAGE_POOL_GET_INFO =
            Signature.of(RemoteProcedure.STORAGE_POOL_GET_INFO, StoragePoolRef.class, StoragePoolGetInfoRet.class);
    public static final Signature<StoragePoolGetXmlDescArgs, StoragePoolGetXmlDescRet> STORAGE_POOL_GET_XML_DESC =
            Signature.of(
                    RemoteProcedure.STORAGE_POOL_GET_XML_DESC,
                    StoragePoolGetXmlDescArgs.class,
                    StoragePoolGetXmlDescRet.class);
    public static final Signature<StoragePoolRef, StoragePoolGetAutostartRet> STORAGE_POOL_GET_AUTOSTART = Signature.of(
            RemoteProcedure.STORAGE_POOL_GET_AUTOSTART, StoragePoolRef.class, StoragePoolGetAutostartRet.class);
    public static final Signature<StoragePoolSetAutostartArgs, Void> STORAGE_POOL_SET_AUTOSTART =
            Signature.of(RemoteProcedure.STORAGE_POOL_SET_AUTOSTART, StoragePoolSetAutostartArgs.class, Void.class);
    public static final Signature<StoragePoolRef, StoragePoolNumOfVolumesRet> STORAGE_POOL_NUM_OF_VOLUMES =
            Signature.of(
                    RemoteProcedure.STORAGE_POOL_NUM_OF_VOLUMES,
                    StoragePoolRef.class,
                    StoragePoolNumOfVolumesRet.class);
    public static final Signature<StoragePoolListVolumesArgs, StoragePoolListVolumesRet> STORAGE_POOL_LIST_VOLUMES =
            Signature.of(
                    RemoteProcedure.STORAGE_POOL_LIST_VOLUMES,
                    StoragePoolListVolumesArgs.class,
                    StoragePoolListVolumesRet.class);
    public static final Signature<StoragePoolRef, StoragePoolIsActiveRet> STORAGE_POOL_IS_ACTIVE =
            Signature.of(RemoteProcedure.STORAGE_POOL_IS_ACTIVE, StoragePoolRef.class, StoragePoolIsActiveRet.class);
    public static final Signature<StoragePoolRef, StoragePoolIsPersistentRet> STORAGE_POOL_IS_PERSISTENT = Signature.of(
            RemoteProcedure.STORAGE_POOL_IS_PERSISTENT, StoragePoolRef.class, StoragePoolIsPersistentRet.class);
    public static final Signature<ConnectListAllStoragePoolsArgs, ConnectListAllStoragePoolsRet>
            CONNECT_LIST_ALL_STORAGE_POOLS = Signature.of(
                    RemoteProcedure.CONNECT_LIST_ALL_STORAGE_POOLS,
                    ConnectListAllStoragePoolsArgs.class,
                    ConnectListAllStoragePoolsRet.class);
    public static final Signature<StoragePoolListAllVolumesArgs, StoragePoolListAllVolumesRet>
            STORAGE_POOL_LIST_ALL_VOLUMES = Signature.of(
                    RemoteProcedure.STORAGE_POOL_LIST_ALL_VOLUMES,
                    StoragePoolListAllVolumesArgs.class,
                    StoragePoolListAllVolumesRet.class);
    public static final Signature<StoragePoolLookupByTargetPathArgs, StoragePoolRef>
            STORAGE_POOL_LOOKUP_BY_TARGET_PATH = Signature.of(
                    RemoteProcedure.STORAGE_POOL_LOOKUP_BY_TARGET_PATH,
                    StoragePoolLookupByTargetPathArgs.class,
                    StoragePoolRef.class);
    public static final Signature<ConnectGetStoragePoolCapabilitiesArgs, ConnectGetStoragePoolCapabilitiesRet>
            CONNECT_GET_STORAGE_POOL_CAPABILITIES = Signature.of(
                    RemoteProcedure.CONNECT_GET_STORAGE_POOL_CAPABILITIES,
                    ConnectGetStoragePoolCapabilitiesArgs.class,
                    ConnectGetStoragePoolCapabilitiesRet.class);

    public record ConnectNumOfStoragePoolsRet(int num) {}

    public record ConnectListStoragePoolsArgs(int maxnames) {}

    public record ConnectListStoragePoolsRet(@Max(Limits.STORAGE_POOL_LIST) List<String> names) {}

    public record ConnectNumOfDefinedStoragePoolsRet(int num) {}

    public record ConnectListDefinedStoragePoolsArgs(int maxnames) {}

    public record ConnectListDefinedStoragePoolsRet(@Max(Limits.STORAGE_POOL_LIST) List<String> names) {}

    public record ConnectFindStoragePoolSourcesArgs(String type, @Nullable String srcSpec, int flags) {}

    public record ConnectFindStoragePoolSourcesRet(String xml) {}

    public record StoragePoolCreateXmlArgs(String xml, int flags) {}

    public record StoragePoolDefineXmlArgs(String xml, int flags) {}

    public record StoragePoolCreateArgs(StoragePoolRef pool, int flags) {}

    public record StoragePoolBuildArgs(StoragePoolRef pool, int flags) {}

    public record StoragePoolDeleteArgs(StoragePoolRef pool, int flags) {}

    public record StoragePoolRefreshArgs(StoragePoolRef pool, int flags) {}

    public record StoragePoolLookupByNameArgs(String name) {}

    public record StoragePoolLookupByUuidArgs(UUID uuid) {}

    public record StoragePoolGetInfoRet(int state, long capacity, long allocation, long available) {}

    public record StoragePoolGetXmlDescArgs(StoragePoolRef pool, int flags) {}

    public record StoragePoolGetXmlDescRet(String xml) {}

    public record StoragePoolGetAutostartRet(int autostart) {}

    public record StoragePoolSetAutostartArgs(StoragePoolRef pool, int autostart) {}

    public record StoragePoolNumOfVolumesRet(int num) {}

    public record StoragePoolListVolumesArgs(StoragePoolRef pool, int maxnames) {}

    public record StoragePoolListVolumesRet(@Max(Limits.STORAGE_VOL_LIST) List<String> names) {}

    public record StoragePoolIsActiveRet(int active) {}

    public record StoragePoolIsPersistentRet(int persistent) {}

    public record ConnectListAllStoragePoolsArgs(int needResults, int flags) {}

    public record ConnectListAllStoragePoolsRet(@Max(Limits.STORAGE_POOL_LIST) List<StoragePoolRef> pools, int ret) {}

    public record StoragePoolListAllVolumesArgs(StoragePoolRef pool, int needResults, int flags) {}

    public record StoragePoolListAllVolumesRet(@Max(Limits.STORAGE_VOL_LIST) List<StorageVolRef> vols, int ret) {}

    public record StoragePoolLookupByTargetPathArgs(String path) {}

    public record ConnectGetStoragePoolCapabilitiesArgs(int flags) {}

    public record ConnectGetStoragePoolCapabilitiesRet(String capabilities) {}
}

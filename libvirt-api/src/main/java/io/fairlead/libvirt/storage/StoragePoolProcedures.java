package io.fairlead.libvirt.storage;

import io.fairlead.libvirt.error.Errors;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.StoragePoolCalls;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectFindStoragePoolSourcesRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectGetStoragePoolCapabilitiesRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolGetAutostartRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolGetInfoRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolGetXmlDescRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolIsActiveRet;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolIsPersistentRet;
import io.fairlead.rpc.protocol.StoragePoolRef;
import io.fairlead.storage.driver.PoolDriver.Build;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.pool.Pool;
import io.fairlead.storage.pool.PoolStatus;
import io.fairlead.storage.pool.Storage;
import io.fairlead.storage.pool.StorageXml;
import io.fairlead.xml.storage.PoolSourceElement;
import java.util.Optional;

/** Defining, building, starting, stopping and showing pools. */
final class StoragePoolProcedures {
    private static final int INACTIVE = 0;
    private static final int RUNNING = 2;
    private static final int DEFINE_VALIDATE = 1;
    private static final int CREATE_WITH_BUILD = 1;
    private static final int CREATE_WITH_OVERWRITE = 2;
    private static final int CREATE_WITH_NO_OVERWRITE = 4;
    private static final int CREATE_VALIDATE = 8;
    private static final int BUILD_NO_OVERWRITE = 4;
    private static final int BUILD_OVERWRITE = 8;
    private static final int XML_INACTIVE = 1;

    private final Storage storage;
    private final StorageRefs refs;

    StoragePoolProcedures(Storage storage) {
        this.storage = storage;
        this.refs = new StorageRefs(storage);
    }

    void addTo(Table table) {
        addDefinitions(table);
        addLife(table);
        addReads(table);
        table.inline(StoragePoolCalls.CONNECT_GET_STORAGE_POOL_CAPABILITIES, (call, args) -> {
            Flags.none("virConnectGetStoragePoolCapabilities", args.flags());
            return new ConnectGetStoragePoolCapabilitiesRet(
                    PoolCapabilitiesXml.of(storage.drivers().types()));
        });
        table.worker(StoragePoolCalls.CONNECT_FIND_STORAGE_POOL_SOURCES, (call, args) -> {
            Flags.none("virConnectFindStoragePoolSources", args.flags());
            Optional<PoolSourceElement> where =
                    Optional.ofNullable(args.srcSpec()).map(StorageDocuments::source);
            return new ConnectFindStoragePoolSourcesRet(
                    PoolSourceElement.list(storage.sources().find(args.type(), where)));
        });
    }

    private void addDefinitions(Table table) {
        table.worker(StoragePoolCalls.STORAGE_POOL_DEFINE_XML, (call, args) -> {
            Flags.check("virStoragePoolDefineXML", args.flags(), DEFINE_VALIDATE);
            return StorageRefs.ref(storage.definitions()
                    .define(StorageDocuments.pool(args.xml(), Flags.has(args.flags(), DEFINE_VALIDATE))));
        });
        table.action(StoragePoolCalls.STORAGE_POOL_UNDEFINE, (call, ref) -> storage.definitions()
                .undefine(refs.pool(ref)));
        table.action(StoragePoolCalls.STORAGE_POOL_SET_AUTOSTART, (call, args) -> storage.definitions()
                .setAutostart(refs.pool(args.pool()), args.autostart() != 0));
    }

    private void addLife(Table table) {
        table.worker(StoragePoolCalls.STORAGE_POOL_CREATE_XML, (call, args) -> {
            Optional<Build> build = buildBefore("virStoragePoolCreateXML", args.flags(), CREATE_VALIDATE);
            return StorageRefs.ref(storage.lifecycle()
                    .create(StorageDocuments.pool(args.xml(), Flags.has(args.flags(), CREATE_VALIDATE)), build));
        });
        table.action(StoragePoolCalls.STORAGE_POOL_CREATE, (call, args) -> storage.lifecycle()
                .start(refs.pool(args.pool()), buildBefore("virStoragePoolCreate", args.flags(), 0)));
        table.action(StoragePoolCalls.STORAGE_POOL_BUILD, (call, args) -> storage.lifecycle()
                .build(refs.pool(args.pool()), build(args.flags())));
        table.action(StoragePoolCalls.STORAGE_POOL_DESTROY, (call, ref) -> storage.lifecycle()
                .stop(refs.pool(ref)));
        table.action(StoragePoolCalls.STORAGE_POOL_DELETE, (call, args) -> {
            Flags.none("virStoragePoolDelete", args.flags());
            storage.lifecycle().delete(refs.pool(args.pool()));
        });
        table.action(StoragePoolCalls.STORAGE_POOL_REFRESH, (call, args) -> {
            Flags.none("virStoragePoolRefresh", args.flags());
            storage.lifecycle().refresh(refs.pool(args.pool()));
        });
    }

    private static Optional<Build> buildBefore(String function, int flags, int alsoAllowed) {
        int building = CREATE_WITH_BUILD | CREATE_WITH_OVERWRITE | CREATE_WITH_NO_OVERWRITE;
        Flags.check(function, flags, building | alsoAllowed);
        return Flags.has(flags, building)
                ? Optional.of(build(
                        function, Flags.has(flags, CREATE_WITH_OVERWRITE), Flags.has(flags, CREATE_WITH_NO_OVERWRITE)))
                : Optional.empty();
    }

    private static Build build(int flags) {
        String function = "virStoragePoolBuild";
        Flags.check(function, flags, BUILD_OVERWRITE | BUILD_NO_OVERWRITE);
        return build(function, Flags.has(flags, BUILD_OVERWRITE), Flags.has(flags, BUILD_NO_OVERWRITE));
    }

    private static Build build(String function, boolean overwrite, boolean noOverwrite) {
        if (overwrite && noOverwrite) {
            throw Errors.argument(
                    function,
                    "flags",
                    "overwrite and no overwrite flags in %s are mutually exclusive".formatted(function));
        }
        return overwrite ? Build.OVERWRITE : noOverwrite ? Build.NO_OVERWRITE : Build.PLAIN;
    }

    private void addReads(Table table) {
        table.worker(StoragePoolCalls.STORAGE_POOL_GET_INFO, (call, ref) -> info(ref));
        table.worker(StoragePoolCalls.STORAGE_POOL_GET_XML_DESC, (call, args) -> {
            Flags.check("virStoragePoolGetXMLDesc", args.flags(), XML_INACTIVE);
            return new StoragePoolGetXmlDescRet(
                    StorageXml.of(refs.pool(args.pool()), Flags.has(args.flags(), XML_INACTIVE)));
        });
        table.inline(
                StoragePoolCalls.STORAGE_POOL_GET_AUTOSTART,
                (call, ref) -> new StoragePoolGetAutostartRet(flag(status(ref).autostart())));
        table.inline(
                StoragePoolCalls.STORAGE_POOL_IS_ACTIVE,
                (call, ref) -> new StoragePoolIsActiveRet(flag(status(ref).active())));
        table.inline(
                StoragePoolCalls.STORAGE_POOL_IS_PERSISTENT,
                (call, ref) -> new StoragePoolIsPersistentRet(flag(status(ref).persistent())));
    }

    /** Asks the driver, because containers fill a pool without the daemon's knowledge. */
    private StoragePoolGetInfoRet info(StoragePoolRef ref) {
        Pool pool = refs.pool(ref);
        PoolStatus status = pool.status();
        PoolUsage usage = pool.usage();
        return new StoragePoolGetInfoRet(
                status.active() ? RUNNING : INACTIVE,
                usage.capacityBytes(),
                usage.allocationBytes(),
                usage.availableBytes());
    }

    private PoolStatus status(StoragePoolRef ref) {
        return refs.pool(ref).status();
    }

    private static int flag(boolean value) {
        return value ? 1 : 0;
    }
}

package io.fairlead.libvirt.storage;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.number.VolumeNumbers;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.StorageVolRef;
import io.fairlead.rpc.protocol.StorageVolumeCalls;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolGetInfoFlagsRet;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolGetInfoRet;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolGetPathRet;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolGetXmlDescRet;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolResizeArgs;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.pool.Storage;
import io.fairlead.storage.pool.StorageXml;
import io.fairlead.storage.pool.Volumes.Change;
import java.util.List;
import java.util.Optional;

/** Making, changing, deleting and showing volumes. */
final class StorageVolumeProcedures {
    private static final int CREATE_PREALLOC_METADATA = 1;
    private static final int CREATE_REFLINK = 2;
    private static final int CREATE_VALIDATE = 4;
    private static final int DELETE_ZEROED = 1;
    private static final int DELETE_WITH_SNAPSHOTS = 2;
    private static final int RESIZE_ALLOCATE = 1;
    private static final int RESIZE_DELTA = 2;
    private static final int RESIZE_SHRINK = 4;
    private static final int INFO_PHYSICAL = 1;
    /** virStorageVolWipeAlgorithm. */
    private static final List<String> WIPE_ALGORITHMS =
            List.of("zero", "nnsa", "dod", "bsi", "gutmann", "schneier", "pfitzner7", "pfitzner33", "random", "trim");

    private static final int WIPE_TRIM = WIPE_ALGORITHMS.indexOf("trim");

    private final Storage storage;
    private final StorageRefs refs;

    StorageVolumeProcedures(Storage storage) {
        this.storage = storage;
        this.refs = new StorageRefs(storage);
    }

    void addTo(Table table) {
        addMaking(table);
        addChanges(table);
        addLookups(table);
        addReads(table);
    }

    private void addMaking(Table table) {
        table.worker(StorageVolumeCalls.STORAGE_VOL_CREATE_XML, (call, args) -> {
            // A raw file has no metadata to allocate, so for raw files the flag needs no work.
            Flags.check("virStorageVolCreateXML", args.flags(), CREATE_PREALLOC_METADATA | CREATE_VALIDATE);
            return StorageRefs.ref(storage.volumes()
                    .create(
                            refs.pool(args.pool()),
                            StorageDocuments.volume(args.xml(), Flags.has(args.flags(), CREATE_VALIDATE)),
                            Flags.has(args.flags(), CREATE_PREALLOC_METADATA)));
        });
        table.worker(StorageVolumeCalls.STORAGE_VOL_CREATE_XML_FROM, (call, args) -> {
            Flags.check(
                    "virStorageVolCreateXMLFrom",
                    args.flags(),
                    CREATE_PREALLOC_METADATA | CREATE_REFLINK | CREATE_VALIDATE);
            return StorageRefs.ref(storage.volumes()
                    .copy(
                            refs.pool(args.pool()),
                            StorageDocuments.volume(args.xml(), Flags.has(args.flags(), CREATE_VALIDATE)),
                            refs.volume(args.clonevol())));
        });
    }

    private void addChanges(Table table) {
        table.action(StorageVolumeCalls.STORAGE_VOL_DELETE, (call, args) -> {
            Flags.check("virStorageVolDelete", args.flags(), DELETE_ZEROED | DELETE_WITH_SNAPSHOTS);
            storage.volumes()
                    .delete(
                            refs.volume(args.vol()),
                            Flags.has(args.flags(), DELETE_WITH_SNAPSHOTS),
                            Flags.has(args.flags(), DELETE_ZEROED));
        });
        table.action(StorageVolumeCalls.STORAGE_VOL_RESIZE, (call, args) -> resize(args));
        table.action(StorageVolumeCalls.STORAGE_VOL_WIPE, (call, args) -> {
            Flags.none("virStorageVolWipe", args.flags());
            storage.volumes().wipe(refs.volume(args.vol()), Optional.empty());
        });
        table.action(StorageVolumeCalls.STORAGE_VOL_WIPE_PATTERN, (call, args) -> {
            Flags.none("virStorageVolWipePattern", args.flags());
            storage.volumes().wipe(refs.volume(args.vol()), scrubbing(args.algorithm()));
        });
    }

    /** The pattern for the program scrub, whose names are libvirt's; empty for zeros. */
    private static Optional<String> scrubbing(int algorithm) {
        if (algorithm < 0 || algorithm >= WIPE_ALGORITHMS.size()) {
            throw new EngineException(
                    ErrorCode.INVALID_ARG,
                    ErrorDomain.STORAGE,
                    "wiping algorithm %d not supported".formatted(algorithm),
                    null);
        }
        if (algorithm == WIPE_TRIM) {
            throw new EngineException(
                    ErrorCode.ARGUMENT_UNSUPPORTED, ErrorDomain.STORAGE, "'trim' algorithm not supported", null);
        }
        return algorithm == 0 ? Optional.empty() : Optional.of(WIPE_ALGORITHMS.get(algorithm));
    }

    private void resize(StorageVolResizeArgs args) {
        Flags.check("virStorageVolResize", args.flags(), RESIZE_ALLOCATE | RESIZE_DELTA | RESIZE_SHRINK);
        boolean shrink = Flags.has(args.flags(), RESIZE_SHRINK);
        Change change = !Flags.has(args.flags(), RESIZE_DELTA) ? Change.TO : shrink ? Change.SHRINK_BY : Change.GROW_BY;
        storage.volumes()
                .resize(
                        refs.volume(args.vol()),
                        args.capacity(),
                        change,
                        Flags.has(args.flags(), RESIZE_ALLOCATE),
                        shrink);
    }

    private void addLookups(Table table) {
        table.inline(
                StorageVolumeCalls.STORAGE_VOL_LOOKUP_BY_NAME,
                (call, args) -> StorageRefs.ref(storage.lookups().byName(refs.pool(args.pool()), args.name())));
        table.inline(
                StorageVolumeCalls.STORAGE_VOL_LOOKUP_BY_KEY,
                (call, args) -> StorageRefs.ref(storage.lookups().byKey(args.key())));
        table.inline(
                StorageVolumeCalls.STORAGE_VOL_LOOKUP_BY_PATH,
                (call, args) -> StorageRefs.ref(storage.lookups().byPath(args.path())));
    }

    private void addReads(Table table) {
        table.worker(StorageVolumeCalls.STORAGE_VOL_GET_INFO, (call, vol) -> {
            VolumeFacts facts = look(vol);
            return new StorageVolGetInfoRet(
                    VolumeNumbers.of(facts.kind()), facts.capacityBytes(), facts.allocationBytes());
        });
        table.worker(StorageVolumeCalls.STORAGE_VOL_GET_INFO_FLAGS, (call, args) -> {
            Flags.check("virStorageVolGetInfoFlags", args.flags(), INFO_PHYSICAL);
            VolumeFacts facts = look(args.vol());
            // The physical size of a file is its length, holes included.
            long second = Flags.has(args.flags(), INFO_PHYSICAL) ? facts.physicalBytes() : facts.allocationBytes();
            return new StorageVolGetInfoFlagsRet(VolumeNumbers.of(facts.kind()), facts.capacityBytes(), second);
        });
        table.worker(StorageVolumeCalls.STORAGE_VOL_GET_XML_DESC, (call, args) -> {
            Flags.none("virStorageVolGetXMLDesc", args.flags());
            return new StorageVolGetXmlDescRet(StorageXml.of(look(args.vol())));
        });
        table.inline(
                StorageVolumeCalls.STORAGE_VOL_GET_PATH,
                (call, vol) ->
                        new StorageVolGetPathRet(refs.volume(vol).facts().path().toString()));
    }

    private VolumeFacts look(StorageVolRef vol) {
        return storage.volumes().look(refs.volume(vol));
    }
}

package io.fairlead.libvirt.snapshot;

import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_HAS_CURRENT_SNAPSHOT;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_REVERT_TO_SNAPSHOT;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_CREATE_XML;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_CURRENT;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_DELETE;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_GET_PARENT;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_GET_XML_DESC;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_HAS_METADATA;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_IS_CURRENT;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_LOOKUP_BY_NAME;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.service.DomainSnapshots;
import io.fairlead.core.service.DomainSnapshots.After;
import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.domain.Domains;
import io.fairlead.libvirt.error.Errors;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainHasCurrentSnapshotRet;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotCreateXmlArgs;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotGetXmlDescArgs;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotGetXmlDescRet;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotHasMetadataRet;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotIsCurrentRet;
import io.fairlead.rpc.protocol.SnapshotRef;
import io.fairlead.rpc.server.Call;
import io.fairlead.xml.snapshot.SnapshotDocument;

/** Snapshots: taking, reverting, deleting and showing one. Lists have a class of their own. */
final class SnapshotProcedures {
    private static final int CREATE_REDEFINE = 1;
    private static final int CREATE_CURRENT = 2;
    private static final int CREATE_HALT = 8;
    private static final int CREATE_DISK_ONLY = 16;
    /** Flags that are always honoured: a snapshot is taken of a paused guest, and of all its volumes or none. */
    private static final int CREATE_QUIESCE_ATOMIC = 64 | 128;

    private static final int CREATE_VALIDATE = 512;
    private static final int CREATE_ALL =
            CREATE_REDEFINE | CREATE_CURRENT | CREATE_HALT | CREATE_DISK_ONLY | CREATE_QUIESCE_ATOMIC | CREATE_VALIDATE;

    private static final int DELETE_CHILDREN = 1;
    private static final int DELETE_METADATA_ONLY = 2;
    private static final int DELETE_CHILDREN_ONLY = 4;

    private static final int REVERT_RUNNING = 1;
    private static final int REVERT_PAUSED = 2;
    /** Force: no revert here has a risk that needs it. Reset NVRAM: a container has none. */
    private static final int REVERT_FORCE_RESET_NVRAM = 4 | 8;

    private static final int XML_SECURE = 1;

    private final Domains domains;
    private final DomainSnapshots snapshots;
    private final SnapshotRefs refs;

    SnapshotProcedures(Domains domains, DomainSnapshots snapshots) {
        this.domains = domains;
        this.snapshots = snapshots;
        this.refs = new SnapshotRefs(domains);
    }

    void addTo(Table table) {
        table.worker(DOMAIN_SNAPSHOT_CREATE_XML, (call, args) -> create(args));
        table.action(DOMAIN_SNAPSHOT_DELETE, (call, args) -> delete(args.snap(), args.flags()));
        table.action(DOMAIN_REVERT_TO_SNAPSHOT, (call, args) -> revert(args.snap(), args.flags()));
        addReads(table);
        addCurrent(table);
    }

    private SnapshotRef create(DomainSnapshotCreateXmlArgs args) {
        int flags = args.flags();
        Flags.check("virDomainSnapshotCreateXML", flags, CREATE_ALL);
        Domain domain = domains.get(args.dom());
        if (Flags.has(flags, CREATE_CURRENT) && !Flags.has(flags, CREATE_REDEFINE)) {
            throw Errors.argument(
                    "virDomainSnapshotCreateXML",
                    "flags",
                    "flag 'VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT' requires flag 'VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE'");
        }
        boolean validate = Flags.has(flags, CREATE_VALIDATE);
        if (Flags.has(flags, CREATE_REDEFINE)) {
            SnapshotDocument document = SnapshotDocuments.redefined(args.xmlDesc(), validate);
            return SnapshotRefs.ref(domain, snapshots.redefine(domain, document, Flags.has(flags, CREATE_CURRENT)));
        }
        Snapshot made = snapshots.create(
                domain,
                SnapshotDocuments.request(args.xmlDesc(), validate),
                Flags.has(flags, CREATE_DISK_ONLY),
                Flags.has(flags, CREATE_HALT));
        return SnapshotRefs.ref(domain, made);
    }

    private void delete(SnapshotRef ref, int flags) {
        Flags.check("virDomainSnapshotDelete", flags, DELETE_CHILDREN | DELETE_METADATA_ONLY | DELETE_CHILDREN_ONLY);
        requireOneOf("virDomainSnapshotDelete", flags, DELETE_CHILDREN | DELETE_CHILDREN_ONLY);
        boolean childrenOnly = Flags.has(flags, DELETE_CHILDREN_ONLY);
        snapshots.delete(
                domains.get(ref.dom()),
                ref.name(),
                !childrenOnly,
                childrenOnly || Flags.has(flags, DELETE_CHILDREN),
                !Flags.has(flags, DELETE_METADATA_ONLY));
    }

    private void revert(SnapshotRef ref, int flags) {
        Flags.check("virDomainRevertToSnapshot", flags, REVERT_RUNNING | REVERT_PAUSED | REVERT_FORCE_RESET_NVRAM);
        requireOneOf("virDomainRevertToSnapshot", flags, REVERT_RUNNING | REVERT_PAUSED);
        After after = Flags.has(flags, REVERT_RUNNING)
                ? After.RUN
                : Flags.has(flags, REVERT_PAUSED) ? After.PAUSE : After.AS_TAKEN;
        snapshots.revert(domains.get(ref.dom()), ref.name(), after);
    }

    private static void requireOneOf(String function, int flags, int exclusive) {
        if ((flags & exclusive) == exclusive) {
            throw Errors.argument(function, "flags", "flags 0x%x are mutually exclusive".formatted(exclusive));
        }
    }

    private void addReads(Table table) {
        table.inline(DOMAIN_SNAPSHOT_GET_XML_DESC, this::xml);
        table.inline(DOMAIN_SNAPSHOT_LOOKUP_BY_NAME, (call, args) -> {
            Flags.none("virDomainSnapshotLookupByName", args.flags());
            Domain domain = domains.get(args.dom());
            return SnapshotRefs.ref(domain, SnapshotRefs.get(domain, args.name()));
        });
        table.inline(DOMAIN_SNAPSHOT_GET_PARENT, (call, args) -> {
            Flags.none("virDomainSnapshotGetParent", args.flags());
            Domain domain = domains.get(args.snap().dom());
            Snapshot parent = refs.get(args.snap())
                    .parent()
                    .flatMap(domain.snapshots()::find)
                    .orElseThrow(() -> none("snapshot '%s' does not have a parent"
                            .formatted(args.snap().name())));
            return SnapshotRefs.ref(domain, parent);
        });
        table.inline(DOMAIN_SNAPSHOT_HAS_METADATA, (call, args) -> {
            Flags.none("virDomainSnapshotHasMetadata", args.flags());
            refs.get(args.snap());
            return new DomainSnapshotHasMetadataRet(1);
        });
    }

    private DomainSnapshotGetXmlDescRet xml(Call call, DomainSnapshotGetXmlDescArgs args) {
        Flags.check("virDomainSnapshotGetXMLDesc", args.flags(), XML_SECURE);
        boolean secure = Flags.has(args.flags(), XML_SECURE);
        if (secure && call.connection().readOnly()) {
            throw Errors.readOnly("virDomainSnapshotGetXMLDesc with secure flag");
        }
        return new DomainSnapshotGetXmlDescRet(refs.get(args.snap()).document().toXml(secure));
    }

    private void addCurrent(Table table) {
        table.inline(DOMAIN_HAS_CURRENT_SNAPSHOT, (call, args) -> {
            Flags.none("virDomainHasCurrentSnapshot", args.flags());
            boolean has = domains.get(args.dom()).snapshots().current().isPresent();
            return new DomainHasCurrentSnapshotRet(has ? 1 : 0);
        });
        table.inline(DOMAIN_SNAPSHOT_CURRENT, (call, args) -> {
            Flags.none("virDomainSnapshotCurrent", args.flags());
            Domain domain = domains.get(args.dom());
            Snapshot current =
                    domain.snapshots().current().orElseThrow(() -> none("the domain does not have a current snapshot"));
            return SnapshotRefs.ref(domain, current);
        });
        table.inline(DOMAIN_SNAPSHOT_IS_CURRENT, (call, args) -> {
            Flags.none("virDomainSnapshotIsCurrent", args.flags());
            Snapshot snapshot = refs.get(args.snap());
            boolean is = domains.get(args.snap().dom())
                    .snapshots()
                    .current()
                    .filter(snapshot::equals)
                    .isPresent();
            return new DomainSnapshotIsCurrentRet(is ? 1 : 0);
        });
    }

    private static EngineException none(String message) {
        return new EngineException(ErrorCode.NO_DOMAIN_SNAPSHOT, ErrorDomain.DOMAIN_SNAPSHOT, message, null);
    }
}

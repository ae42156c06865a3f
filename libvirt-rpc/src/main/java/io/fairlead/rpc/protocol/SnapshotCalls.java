package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import java.util.List;

/** Calls for snapshots of domains. */
public final class SnapshotCalls {
    private SnapshotCalls() {}

    public static final Signature<DomainSnapshotCreateXmlArgs, SnapshotRef> DOMAIN_SNAPSHOT_CREATE_XML = Signature.of(
            RemoteProcedure.DOMAIN_SNAPSHOT_CREATE_XML, DomainSnapshotCreateXmlArgs.class, SnapshotRef.class);
    public static final Signature<DomainSnapshotGetXmlDescArgs, DomainSnapshotGetXmlDescRet>
            DOMAIN_SNAPSHOT_GET_XML_DESC = Signature.of(
                    RemoteProcedure.DOMAIN_SNAPSHOT_GET_XML_DESC,
                    DomainSnapshotGetXmlDescArgs.class,
                    DomainSnapshotGetXmlDescRet.class);
    public static final Signature<DomainSnapshotNumArgs, DomainSnapshotNumRet> DOMAIN_SNAPSHOT_NUM =
            Signature.of(RemoteProcedure.DOMAIN_SNAPSHOT_NUM, DomainSnapshotNumArgs.class, DomainSnapshotNumRet.class);
    public static final Signature<DomainSnapshotListNamesArgs, DomainSnapshotListNamesRet> DOMAIN_SNAPSHOT_LIST_NAMES =
            Signature.of(
                    RemoteProcedure.DOMAIN_SNAPSHOT_LIST_NAMES,
                    DomainSnapshotListNamesArgs.class,
                    DomainSnapshotListNamesRet.class);
    public static final Signature<DomainSnapshotLookupByNameArgs, SnapshotRef> DOMAIN_SNAPSHOT_LOOKUP_BY_NAME =
            Signature.of(
                    RemoteProcedure.DOMAIN_SNAPSHOT_LOOKUP_BY_NAME,
                    DomainSnapshotLookupByNameArgs.class,
                    SnapshotRef.class);
    public static final Signature<DomainHasCurrentSnapshotArgs, DomainHasCurrentSnapshotRet>
            DOMAIN_HAS_CURRENT_SNAPSHOT = Signature.of(
                    RemoteProcedure.DOMAIN_HAS_CURRENT_SNAPSHOT,
                    DomainHasCurrentSnapshotArgs.class,
                    DomainHasCurrentSnapshotRet.class);
    public static final Signature<DomainSnapshotCurrentArgs, SnapshotRef> DOMAIN_SNAPSHOT_CURRENT =
            Signature.of(RemoteProcedure.DOMAIN_SNAPSHOT_CURRENT, DomainSnapshotCurrentArgs.class, SnapshotRef.class);
    public static final Signature<DomainRevertToSnapshotArgs, Void> DOMAIN_REVERT_TO_SNAPSHOT =
            Signature.of(RemoteProcedure.DOMAIN_REVERT_TO_SNAPSHOT, DomainRevertToSnapshotArgs.class, Void.class);
    public static final Signature<DomainSnapshotDeleteArgs, Void> DOMAIN_SNAPSHOT_DELETE =
            Signature.of(RemoteProcedure.DOMAIN_SNAPSHOT_DELETE, DomainSnapshotDeleteArgs.class, Void.class);
    public static final Signature<DomainSnapshotGetParentArgs, SnapshotRef> DOMAIN_SNAPSHOT_GET_PARENT = Signature.of(
            RemoteProcedure.DOMAIN_SNAPSHOT_GET_PARENT, DomainSnapshotGetParentArgs.class, SnapshotRef.class);
    public static final Signature<DomainSnapshotNumChildrenArgs, DomainSnapshotNumChildrenRet>
            DOMAIN_SNAPSHOT_NUM_CHILDREN = Signature.of(
                    RemoteProcedure.DOMAIN_SNAPSHOT_NUM_CHILDREN,
                    DomainSnapshotNumChildrenArgs.class,
                    DomainSnapshotNumChildrenRet.class);
    public static final Signature<DomainSnapshotListChildrenNamesArgs, DomainSnapshotListChildrenNamesRet>
            DOMAIN_SNAPSHOT_LIST_CHILDREN_NAMES = Signature.of(
                    RemoteProcedure.DOMAIN_SNAPSHOT_LIST_CHILDREN_NAMES,
                    DomainSnapshotListChildrenNamesArgs.class,
                    DomainSnapshotListChildrenNamesRet.class);
    public static final Signature<DomainSnapshotIsCurrentArgs, DomainSnapshotIsCurrentRet> DOMAIN_SNAPSHOT_IS_CURRENT =
            Signature.of(
                    RemoteProcedure.DOMAIN_SNAPSHOT_IS_CURRENT,
                    DomainSnapshotIsCurrentArgs.class,
                    DomainSnapshotIsCurrentRet.class);
    public static final Signature<DomainSnapshotHasMetadataArgs, DomainSnapshotHasMetadataRet>
            DOMAIN_SNAPSHOT_HAS_METADATA = Signature.of(
                    RemoteProcedure.DOMAIN_SNAPSHOT_HAS_METADATA,
                    DomainSnapshotHasMetadataArgs.class,
                    DomainSnapshotHasMetadataRet.class);
    public static final Signature<DomainListAllSnapshotsArgs, DomainListAllSnapshotsRet> DOMAIN_LIST_ALL_SNAPSHOTS =
            Signature.of(
                    RemoteProcedure.DOMAIN_LIST_ALL_SNAPSHOTS,
                    DomainListAllSnapshotsArgs.class,
                    DomainListAllSnapshotsRet.class);
    public static final Signature<DomainSnapshotListAllChildrenArgs, DomainSnapshotListAllChildrenRet>
            DOMAIN_SNAPSHOT_LIST_ALL_CHILDREN = Signature.of(
                    RemoteProcedure.DOMAIN_SNAPSHOT_LIST_ALL_CHILDREN,
                    DomainSnapshotListAllChildrenArgs.class,
                    DomainSnapshotListAllChildrenRet.class);

    public record DomainSnapshotCreateXmlArgs(DomainRef dom, String xmlDesc, int flags) {}

    public record DomainSnapshotGetXmlDescArgs(SnapshotRef snap, int flags) {}

    public record DomainSnapshotGetXmlDescRet(String xml) {}

    public record DomainSnapshotNumArgs(DomainRef dom, int flags) {}

    public record DomainSnapshotNumRet(int num) {}

    public record DomainSnapshotListNamesArgs(DomainRef dom, int maxnames, int flags) {}

    public record DomainSnapshotListNamesRet(@Max(Limits.DOMAIN_SNAPSHOT_LIST) List<String> names) {}

    public record DomainSnapshotLookupByNameArgs(DomainRef dom, String name, int flags) {}

    public record DomainHasCurrentSnapshotArgs(DomainRef dom, int flags) {}

    public record DomainHasCurrentSnapshotRet(int result) {}

    public record DomainSnapshotCurrentArgs(DomainRef dom, int flags) {}

    public record DomainRevertToSnapshotArgs(SnapshotRef snap, int flags) {}

    public record DomainSnapshotDeleteArgs(SnapshotRef snap, int flags) {}

    public record DomainSnapshotGetParentArgs(SnapshotRef snap, int flags) {}

    public record DomainSnapshotNumChildrenArgs(SnapshotRef snap, int flags) {}

    public record DomainSnapshotNumChildrenRet(int num) {}

    public record DomainSnapshotListChildrenNamesArgs(SnapshotRef snap, int maxnames, int flags) {}

    public record DomainSnapshotListChildrenNamesRet(@Max(Limits.DOMAIN_SNAPSHOT_LIST) List<String> names) {}

    public record DomainSnapshotIsCurrentArgs(SnapshotRef snap, int flags) {}

    public record DomainSnapshotIsCurrentRet(int current) {}

    public record DomainSnapshotHasMetadataArgs(SnapshotRef snap, int flags) {}

    public record DomainSnapshotHasMetadataRet(int metadata) {}

    public record DomainListAllSnapshotsArgs(DomainRef dom, int needResults, int flags) {}

    public record DomainListAllSnapshotsRet(@Max(Limits.DOMAIN_SNAPSHOT_LIST) List<SnapshotRef> snapshots, int ret) {}

    public record DomainSnapshotListAllChildrenArgs(SnapshotRef snapshot, int needResults, int flags) {}

    public record DomainSnapshotListAllChildrenRet(
            @Max(Limits.DOMAIN_SNAPSHOT_LIST) List<SnapshotRef> snapshots, int ret) {}
}

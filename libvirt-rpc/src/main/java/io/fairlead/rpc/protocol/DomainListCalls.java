package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import java.util.List;
import java.util.UUID;

/** Calls for finding domains: lists, counts and look-ups. */
public final class DomainListCalls {
    private DomainListCalls() {}

    public static final Signature<ConnectListDefinedDomainsArgs, ConnectListDefinedDomainsRet>
            CONNECT_LIST_DEFINED_DOMAINS = Signature.of(
                    RemoteProcedure.CONNECT_LIST_DEFINED_DOMAINS,
                    ConnectListDefinedDomainsArgs.class,
                    ConnectListDefinedDomainsRet.class);
    public static final Signature<DomainLookupByIdArgs, DomainRef> DOMAIN_LOOKUP_BY_ID =
            Signature.of(RemoteProcedure.DOMAIN_LOOKUP_BY_ID, DomainLookupByIdArgs.class, DomainRef.class);
    public static final Signature<DomainLookupByNameArgs, DomainRef> DOMAIN_LOOKUP_BY_NAME =
            Signature.of(RemoteProcedure.DOMAIN_LOOKUP_BY_NAME, DomainLookupByNameArgs.class, DomainRef.class);
    public static final Signature<DomainLookupByUuidArgs, DomainRef> DOMAIN_LOOKUP_BY_UUID =
            Signature.of(RemoteProcedure.DOMAIN_LOOKUP_BY_UUID, DomainLookupByUuidArgs.class, DomainRef.class);
    public static final Signature<Void, ConnectNumOfDefinedDomainsRet> CONNECT_NUM_OF_DEFINED_DOMAINS = Signature.of(
            RemoteProcedure.CONNECT_NUM_OF_DEFINED_DOMAINS, Void.class, ConnectNumOfDefinedDomainsRet.class);
    public static final Signature<ConnectListDomainsArgs, ConnectListDomainsRet> CONNECT_LIST_DOMAINS = Signature.of(
            RemoteProcedure.CONNECT_LIST_DOMAINS, ConnectListDomainsArgs.class, ConnectListDomainsRet.class);
    public static final Signature<Void, ConnectNumOfDomainsRet> CONNECT_NUM_OF_DOMAINS =
            Signature.of(RemoteProcedure.CONNECT_NUM_OF_DOMAINS, Void.class, ConnectNumOfDomainsRet.class);
    public static final Signature<ConnectListAllDomainsArgs, ConnectListAllDomainsRet> CONNECT_LIST_ALL_DOMAINS =
            Signature.of(
                    RemoteProcedure.CONNECT_LIST_ALL_DOMAINS,
                    ConnectListAllDomainsArgs.class,
                    ConnectListAllDomainsRet.class);

    public record ConnectListDefinedDomainsArgs(int maxnames) {}

    public record ConnectListDefinedDomainsRet(@Max(Limits.DOMAIN_LIST) List<String> names) {}

    public record DomainLookupByIdArgs(int id) {}

    public record DomainLookupByNameArgs(String name) {}

    public record DomainLookupByUuidArgs(UUID uuid) {}

    public record ConnectNumOfDefinedDomainsRet(int num) {}

    public record ConnectListDomainsArgs(int maxids) {}

    public record ConnectListDomainsRet(@Max(Limits.DOMAIN_LIST) int[] ids) {}

    public record ConnectNumOfDomainsRet(int num) {}

    public record ConnectListAllDomainsArgs(int needResults, int flags) {}

    public record ConnectListAllDomainsRet(@Max(Limits.DOMAIN_LIST) List<DomainRef> domains, int ret) {}
}

package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import java.util.List;

/** Calls for counters of domains. */
public final class DomainStatisticsCalls {
    private DomainStatisticsCalls() {}

    public static final Signature<DomainBlockStatsArgs, DomainBlockStatsRet> DOMAIN_BLOCK_STATS =
            Signature.of(RemoteProcedure.DOMAIN_BLOCK_STATS, DomainBlockStatsArgs.class, DomainBlockStatsRet.class);
    public static final Signature<DomainInterfaceStatsArgs, DomainInterfaceStatsRet> DOMAIN_INTERFACE_STATS =
            Signature.of(
                    RemoteProcedure.DOMAIN_INTERFACE_STATS,
                    DomainInterfaceStatsArgs.class,
                    DomainInterfaceStatsRet.class);
    public static final Signature<DomainMemoryStatsArgs, DomainMemoryStatsRet> DOMAIN_MEMORY_STATS =
            Signature.of(RemoteProcedure.DOMAIN_MEMORY_STATS, DomainMemoryStatsArgs.class, DomainMemoryStatsRet.class);
    public static final Signature<DomainGetBlockInfoArgs, DomainGetBlockInfoRet> DOMAIN_GET_BLOCK_INFO = Signature.of(
            RemoteProcedure.DOMAIN_GET_BLOCK_INFO, DomainGetBlockInfoArgs.class, DomainGetBlockInfoRet.class);
    public static final Signature<DomainBlockStatsFlagsArgs, DomainBlockStatsFlagsRet> DOMAIN_BLOCK_STATS_FLAGS =
            Signature.of(
                    RemoteProcedure.DOMAIN_BLOCK_STATS_FLAGS,
                    DomainBlockStatsFlagsArgs.class,
                    DomainBlockStatsFlagsRet.class);
    public static final Signature<DomainGetCpuStatsArgs, DomainGetCpuStatsRet> DOMAIN_GET_CPU_STATS =
            Signature.of(RemoteProcedure.DOMAIN_GET_CPU_STATS, DomainGetCpuStatsArgs.class, DomainGetCpuStatsRet.class);
    public static final Signature<DomainGetDiskErrorsArgs, DomainGetDiskErrorsRet> DOMAIN_GET_DISK_ERRORS =
            Signature.of(
                    RemoteProcedure.DOMAIN_GET_DISK_ERRORS,
                    DomainGetDiskErrorsArgs.class,
                    DomainGetDiskErrorsRet.class);
    public static final Signature<ConnectGetAllDomainStatsArgs, ConnectGetAllDomainStatsRet>
            CONNECT_GET_ALL_DOMAIN_STATS = Signature.of(
                    RemoteProcedure.CONNECT_GET_ALL_DOMAIN_STATS,
                    ConnectGetAllDomainStatsArgs.class,
                    ConnectGetAllDomainStatsRet.class);

    public record DomainBlockStatsArgs(DomainRef dom, String path) {}

    public record DomainBlockStatsRet(long rdReq, long rdBytes, long wrReq, long wrBytes, long errs) {}

    public record DomainInterfaceStatsArgs(DomainRef dom, String device) {}

    public record DomainInterfaceStatsRet(
            long rxBytes,
            long rxPackets,
            long rxErrs,
            long rxDrop,
            long txBytes,
            long txPackets,
            long txErrs,
            long txDrop) {}

    public record DomainMemoryStatsArgs(DomainRef dom, int maxStats, int flags) {}

    public record DomainMemoryStat(int tag, long val) {}

    public record DomainMemoryStatsRet(@Max(Limits.DOMAIN_MEMORY_STATS) List<DomainMemoryStat> stats) {}

    public record DomainGetBlockInfoArgs(DomainRef dom, String path, int flags) {}

    public record DomainGetBlockInfoRet(long allocation, long capacity, long physical) {}

    public record DomainBlockStatsFlagsArgs(DomainRef dom, String path, int nparams, int flags) {}

    public record DomainBlockStatsFlagsRet(
            @Max(Limits.DOMAIN_BLOCK_STATS_PARAMETERS) List<TypedParam> params, int nparams) {}

    public record DomainGetCpuStatsArgs(DomainRef dom, int nparams, int startCpu, int ncpus, int flags) {}

    public record DomainGetCpuStatsRet(@Max(Limits.DOMAIN_GET_CPU_STATS) List<TypedParam> params, int nparams) {}

    public record DomainGetDiskErrorsArgs(DomainRef dom, int maxerrors, int flags) {}

    public record DomainDiskError(String disk, int error) {}

    public record DomainGetDiskErrorsRet(@Max(Limits.DOMAIN_DISK_ERRORS) List<DomainDiskError> errors, int nerrors) {}

    public record ConnectGetAllDomainStatsArgs(@Max(Limits.DOMAIN_LIST) List<DomainRef> doms, int stats, int flags) {}

    public record DomainStatsRecord(DomainRef dom, @Max(Limits.CONNECT_GET_ALL_DOMAIN_STATS) List<TypedParam> params) {}

    public record ConnectGetAllDomainStatsRet(@Max(Limits.DOMAIN_LIST) List<DomainStatsRecord> retStats) {}
}

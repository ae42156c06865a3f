package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Chars;
import io.fairlead.rpc.xdr.Max;
import io.fairlead.rpc.xdr.Nullable;
import java.util.List;

/** Calls for the machine underneath: capabilities, CPUs, memory, sysinfo. */
public final class HostCalls {
    private HostCalls() {}

    public static final Signature<ConnectGetMaxVcpusArgs, ConnectGetMaxVcpusRet> CONNECT_GET_MAX_VCPUS = Signature.of(
            RemoteProcedure.CONNECT_GET_MAX_VCPUS, ConnectGetMaxVcpusArgs.class, ConnectGetMaxVcpusRet.class);
    public static final Signature<Void, NodeGetInfoRet> NODE_GET_INFO =
            Signature.of(RemoteProcedure.NODE_GET_INFO, Void.class, NodeGetInfoRet.class);
    public static final Signature<Void, ConnectGetCapabilitiesRet> CONNECT_GET_CAPABILITIES =
            Signature.of(RemoteProcedure.CONNECT_GET_CAPABILITIES, Void.class, ConnectGetCapabilitiesRet.class);
    public static final Signature<NodeGetCellsFreeMemoryArgs, NodeGetCellsFreeMemoryRet> NODE_GET_CELLS_FREE_MEMORY =
            Signature.of(
                    RemoteProcedure.NODE_GET_CELLS_FREE_MEMORY,
                    NodeGetCellsFreeMemoryArgs.class,
                    NodeGetCellsFreeMemoryRet.class);
    public static final Signature<Void, NodeGetFreeMemoryRet> NODE_GET_FREE_MEMORY =
            Signature.of(RemoteProcedure.NODE_GET_FREE_MEMORY, Void.class, NodeGetFreeMemoryRet.class);
    public static final Signature<Void, NodeGetSecurityModelRet> NODE_GET_SECURITY_MODEL =
            Signature.of(RemoteProcedure.NODE_GET_SECURITY_MODEL, Void.class, NodeGetSecurityModelRet.class);
    public static final Signature<ConnectCompareCpuArgs, ConnectCompareCpuRet> CONNECT_COMPARE_CPU =
            Signature.of(RemoteProcedure.CONNECT_COMPARE_CPU, ConnectCompareCpuArgs.class, ConnectCompareCpuRet.class);
    public static final Signature<ConnectBaselineCpuArgs, ConnectBaselineCpuRet> CONNECT_BASELINE_CPU = Signature.of(
            RemoteProcedure.CONNECT_BASELINE_CPU, ConnectBaselineCpuArgs.class, ConnectBaselineCpuRet.class);
    public static final Signature<ConnectGetSysinfoArgs, ConnectGetSysinfoRet> CONNECT_GET_SYSINFO =
            Signature.of(RemoteProcedure.CONNECT_GET_SYSINFO, ConnectGetSysinfoArgs.class, ConnectGetSysinfoRet.class);
    public static final Signature<NodeGetCpuStatsArgs, NodeGetCpuStatsRet> NODE_GET_CPU_STATS =
            Signature.of(RemoteProcedure.NODE_GET_CPU_STATS, NodeGetCpuStatsArgs.class, NodeGetCpuStatsRet.class);
    public static final Signature<NodeGetMemoryStatsArgs, NodeGetMemoryStatsRet> NODE_GET_MEMORY_STATS = Signature.of(
            RemoteProcedure.NODE_GET_MEMORY_STATS, NodeGetMemoryStatsArgs.class, NodeGetMemoryStatsRet.class);
    public static final Signature<NodeSuspendForDurationArgs, Void> NODE_SUSPEND_FOR_DURATION =
            Signature.of(RemoteProcedure.NODE_SUSPEND_FOR_DURATION, NodeSuspendForDurationArgs.class, Void.class);
    public static final Signature<NodeSetMemoryParametersArgs, Void> NODE_SET_MEMORY_PARAMETERS =
            Signature.of(RemoteProcedure.NODE_SET_MEMORY_PARAMETERS, NodeSetMemoryParametersArgs.class, Void.class);
    public static final Signature<NodeGetMemoryParametersArgs, NodeGetMemoryParametersRet> NODE_GET_MEMORY_PARAMETERS =
            Signature.of(
                    RemoteProcedure.NODE_GET_MEMORY_PARAMETERS,
                    NodeGetMemoryParametersArgs.class,
                    NodeGetMemoryParametersRet.class);
    public static final Signature<NodeGetCpuMapArgs, NodeGetCpuMapRet> NODE_GET_CPU_MAP =
            Signature.of(RemoteProcedure.NODE_GET_CPU_MAP, NodeGetCpuMapArgs.class, NodeGetCpuMapRet.class);
    public static final Signature<ConnectGetCpuModelNamesArgs, ConnectGetCpuModelNamesRet> CONNECT_GET_CPU_MODEL_NAMES =
            Signature.of(
                    RemoteProcedure.CONNECT_GET_CPU_MODEL_NAMES,
                    ConnectGetCpuModelNamesArgs.class,
                    ConnectGetCpuModelNamesRet.class);
    public static final Signature<NodeGetFreePagesArgs, NodeGetFreePagesRet> NODE_GET_FREE_PAGES =
            Signature.of(RemoteProcedure.NODE_GET_FREE_PAGES, NodeGetFreePagesArgs.class, NodeGetFreePagesRet.class);
    public static final Signature<ConnectGetDomainCapabilitiesArgs, ConnectGetDomainCapabilitiesRet>
            CONNECT_GET_DOMAIN_CAPABILITIES = Signature.of(
                    RemoteProcedure.CONNECT_GET_DOMAIN_CAPABILITIES,
                    ConnectGetDomainCapabilitiesArgs.class,
                    ConnectGetDomainCapabilitiesRet.class);
    public static final Signature<NodeAllocPagesArgs, NodeAllocPagesRet> NODE_ALLOC_PAGES =
            Signature.of(RemoteProcedure.NODE_ALLOC_PAGES, NodeAllocPagesArgs.class, NodeAllocPagesRet.class);
    public static final Signature<ConnectCompareHypervisorCpuArgs, ConnectCompareHypervisorCpuRet>
            CONNECT_COMPARE_HYPERVISOR_CPU = Signature.of(
                    RemoteProcedure.CONNECT_COMPARE_HYPERVISOR_CPU,
                    ConnectCompareHypervisorCpuArgs.class,
                    ConnectCompareHypervisorCpuRet.class);
    public static final Signature<ConnectBaselineHypervisorCpuArgs, ConnectBaselineHypervisorCpuRet>
            CONNECT_BASELINE_HYPERVISOR_CPU = Signature.of(
                    RemoteProcedure.CONNECT_BASELINE_HYPERVISOR_CPU,
                    ConnectBaselineHypervisorCpuArgs.class,
                    ConnectBaselineHypervisorCpuRet.class);

    public record ConnectGetMaxVcpusArgs(@Nullable String type) {}

    public record ConnectGetMaxVcpusRet(int maxVcpus) {}

    public record NodeGetInfoRet(
            @Chars(fixed = 32) String model,
            long memory,
            int cpus,
            int mhz,
            int nodes,
            int sockets,
            int cores,
            int threads) {}

    public record ConnectGetCapabilitiesRet(String capabilities) {}

    public record NodeGetCellsFreeMemoryArgs(int startCell, int maxcells) {}

    public record NodeGetCellsFreeMemoryRet(@Max(Limits.NODE_CELLS) long[] cells) {}

    public record NodeGetFreeMemoryRet(long freeMem) {}

    public record NodeGetSecurityModelRet(
            @Chars(max = Limits.SECURITY_MODEL) String model, @Chars(max = Limits.SECURITY_DOI) String doi) {}

    public record ConnectCompareCpuArgs(String xml, int flags) {}

    public record ConnectCompareCpuRet(int result) {}

    public record ConnectBaselineCpuArgs(@Max(Limits.CPU_BASELINE) List<String> xmlCPUs, int flags) {}

    public record ConnectBaselineCpuRet(String cpu) {}

    public record ConnectGetSysinfoArgs(int flags) {}

    public record ConnectGetSysinfoRet(String sysinfo) {}

    public record NodeGetCpuStatsArgs(int cpuNum, int nparams, int flags) {}

    public record NodeGetCpuStats(String field, long value) {}

    public record NodeGetCpuStatsRet(@Max(Limits.NODE_CPU_STATS) List<NodeGetCpuStats> params, int nparams) {}

    public record NodeGetMemoryStatsArgs(int nparams, int cellNum, int flags) {}

    public record NodeGetMemoryStats(String field, long value) {}

    public record NodeGetMemoryStatsRet(@Max(Limits.NODE_MEMORY_STATS) List<NodeGetMemoryStats> params, int nparams) {}

    public record NodeSuspendForDurationArgs(int target, long duration, int flags) {}

    public record NodeSetMemoryParametersArgs(@Max(Limits.NODE_MEMORY_PARAMETERS) List<TypedParam> params, int flags) {}

    public record NodeGetMemoryParametersArgs(int nparams, int flags) {}

    public record NodeGetMemoryParametersRet(
            @Max(Limits.NODE_MEMORY_PARAMETERS) List<TypedParam> params, int nparams) {}

    public record NodeGetCpuMapArgs(int needMap, int needOnline, int flags) {}

    public record NodeGetCpuMapRet(@Max(Limits.CPUMAP) byte[] cpumap, int online, int ret) {}

    public record ConnectGetCpuModelNamesArgs(String arch, int needResults, int flags) {}

    public record ConnectGetCpuModelNamesRet(@Max(Limits.CONNECT_CPU_MODELS) List<String> models, int ret) {}

    public record NodeGetFreePagesArgs(@Max(Limits.NODE_CELLS) int[] pages, int startCell, int cellCount, int flags) {}

    public record NodeGetFreePagesRet(@Max(Limits.NODE_CELLS) long[] counts) {}

    public record ConnectGetDomainCapabilitiesArgs(
            @Nullable String emulatorbin,
            @Nullable String arch,
            @Nullable String machine,
            @Nullable String virttype,
            int flags) {}

    public record ConnectGetDomainCapabilitiesRet(String capabilities) {}

    public record NodeAllocPagesArgs(
            @Max(Limits.NODE_CELLS) int[] pageSizes,
            @Max(Limits.NODE_CELLS) long[] pageCounts,
            int startCell,
            int cellCount,
            int flags) {}

    public record NodeAllocPagesRet(int ret) {}

    public record ConnectCompareHypervisorCpuArgs(
            @Nullable String emulator,
            @Nullable String arch,
            @Nullable String machine,
            @Nullable String virttype,
            String xmlCPU,
            int flags) {}

    public record ConnectCompareHypervisorCpuRet(int result) {}

    public record ConnectBaselineHypervisorCpuArgs(
            @Nullable String emulator,
            @Nullable String arch,
            @Nullable String machine,
            @Nullable String virttype,
            @Max(Limits.CPU_BASELINE) List<String> xmlCPUs,
            int flags) {}

    public record ConnectBaselineHypervisorCpuRet(String cpu) {}
}

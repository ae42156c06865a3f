package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import java.util.List;

/** Calls for virtual CPUs, pinning, NUMA and perf events of a domain. */
public final class DomainCpuCalls {
    private DomainCpuCalls() {}

    public static final Signature<DomainRef, DomainGetMaxVcpusRet> DOMAIN_GET_MAX_VCPUS =
            Signature.of(RemoteProcedure.DOMAIN_GET_MAX_VCPUS, DomainRef.class, DomainGetMaxVcpusRet.class);
    public static final Signature<DomainGetVcpusArgs, DomainGetVcpusRet> DOMAIN_GET_VCPUS =
            Signature.of(RemoteProcedure.DOMAIN_GET_VCPUS, DomainGetVcpusArgs.class, DomainGetVcpusRet.class);
    public static final Signature<DomainPinVcpuArgs, Void> DOMAIN_PIN_VCPU =
            Signature.of(RemoteProcedure.DOMAIN_PIN_VCPU, DomainPinVcpuArgs.class, Void.class);
    public static final Signature<DomainSetVcpusArgs, Void> DOMAIN_SET_VCPUS =
            Signature.of(RemoteProcedure.DOMAIN_SET_VCPUS, DomainSetVcpusArgs.class, Void.class);
    public static final Signature<DomainSetVcpusFlagsArgs, Void> DOMAIN_SET_VCPUS_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_SET_VCPUS_FLAGS, DomainSetVcpusFlagsArgs.class, Void.class);
    public static final Signature<DomainGetVcpusFlagsArgs, DomainGetVcpusFlagsRet> DOMAIN_GET_VCPUS_FLAGS =
            Signature.of(
                    RemoteProcedure.DOMAIN_GET_VCPUS_FLAGS,
                    DomainGetVcpusFlagsArgs.class,
                    DomainGetVcpusFlagsRet.class);
    public static final Signature<DomainPinVcpuFlagsArgs, Void> DOMAIN_PIN_VCPU_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_PIN_VCPU_FLAGS, DomainPinVcpuFlagsArgs.class, Void.class);
    public static final Signature<DomainGetVcpuPinInfoArgs, DomainGetVcpuPinInfoRet> DOMAIN_GET_VCPU_PIN_INFO =
            Signature.of(
                    RemoteProcedure.DOMAIN_GET_VCPU_PIN_INFO,
                    DomainGetVcpuPinInfoArgs.class,
                    DomainGetVcpuPinInfoRet.class);
    public static final Signature<DomainSetNumaParametersArgs, Void> DOMAIN_SET_NUMA_PARAMETERS =
            Signature.of(RemoteProcedure.DOMAIN_SET_NUMA_PARAMETERS, DomainSetNumaParametersArgs.class, Void.class);
    public static final Signature<DomainGetNumaParametersArgs, DomainGetNumaParametersRet> DOMAIN_GET_NUMA_PARAMETERS =
            Signature.of(
                    RemoteProcedure.DOMAIN_GET_NUMA_PARAMETERS,
                    DomainGetNumaParametersArgs.class,
                    DomainGetNumaParametersRet.class);
    public static final Signature<DomainGetPerfEventsArgs, DomainGetPerfEventsRet> DOMAIN_GET_PERF_EVENTS =
            Signature.of(
                    RemoteProcedure.DOMAIN_GET_PERF_EVENTS,
                    DomainGetPerfEventsArgs.class,
                    DomainGetPerfEventsRet.class);
    public static final Signature<DomainSetPerfEventsArgs, Void> DOMAIN_SET_PERF_EVENTS =
            Signature.of(RemoteProcedure.DOMAIN_SET_PERF_EVENTS, DomainSetPerfEventsArgs.class, Void.class);
    public static final Signature<DomainSetVcpuArgs, Void> DOMAIN_SET_VCPU =
            Signature.of(RemoteProcedure.DOMAIN_SET_VCPU, DomainSetVcpuArgs.class, Void.class);

    public record DomainGetMaxVcpusRet(int num) {}

    public record DomainGetVcpusArgs(DomainRef dom, int maxinfo, int maplen) {}

    public record VcpuInfo(int number, int state, long cpuTime, int cpu) {}

    public record DomainGetVcpusRet(@Max(Limits.VCPUINFO) List<VcpuInfo> info, @Max(Limits.CPUMAPS) byte[] cpumaps) {}

    public record DomainPinVcpuArgs(DomainRef dom, int vcpu, @Max(Limits.CPUMAP) byte[] cpumap) {}

    public record DomainSetVcpusArgs(DomainRef dom, int nvcpus) {}

    public record DomainSetVcpusFlagsArgs(DomainRef dom, int nvcpus, int flags) {}

    public record DomainGetVcpusFlagsArgs(DomainRef dom, int flags) {}

    public record DomainGetVcpusFlagsRet(int num) {}

    public record DomainPinVcpuFlagsArgs(DomainRef dom, int vcpu, @Max(Limits.CPUMAP) byte[] cpumap, int flags) {}

    public record DomainGetVcpuPinInfoArgs(DomainRef dom, int ncpumaps, int maplen, int flags) {}

    public record DomainGetVcpuPinInfoRet(@Max(Limits.CPUMAPS) byte[] cpumaps, int num) {}

    public record DomainSetNumaParametersArgs(
            DomainRef dom, @Max(Limits.DOMAIN_NUMA_PARAMETERS) List<TypedParam> params, int flags) {}

    public record DomainGetNumaParametersArgs(DomainRef dom, int nparams, int flags) {}

    public record DomainGetNumaParametersRet(
            @Max(Limits.DOMAIN_NUMA_PARAMETERS) List<TypedParam> params, int nparams) {}

    public record DomainGetPerfEventsArgs(DomainRef dom, int flags) {}

    public record DomainGetPerfEventsRet(@Max(Limits.DOMAIN_PERF_EVENTS) List<TypedParam> params) {}

    public record DomainSetPerfEventsArgs(
            DomainRef dom, @Max(Limits.DOMAIN_PERF_EVENTS) List<TypedParam> params, int flags) {}

    public record DomainSetVcpuArgs(DomainRef dom, String cpumap, int state, int flags) {}
}

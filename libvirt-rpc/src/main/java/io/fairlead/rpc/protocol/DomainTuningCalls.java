package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import io.fairlead.rpc.xdr.Nullable;
import java.util.List;

/** Calls for memory, scheduler, block and network limits of a domain. */
public final class DomainTuningCalls {
    private DomainTuningCalls() {}

    public static final Signature<DomainRef, DomainGetMaxMemoryRet> DOMAIN_GET_MAX_MEMORY =
            Signature.of(RemoteProcedure.DOMAIN_GET_MAX_MEMORY, DomainRef.class, DomainGetMaxMemoryRet.class);
    public static final Signature<DomainSetMaxMemoryArgs, Void> DOMAIN_SET_MAX_MEMORY =
            Signature.of(RemoteProcedure.DOMAIN_SET_MAX_MEMORY, DomainSetMaxMemoryArgs.class, Void.class);
    public static final Signature<DomainSetMemoryArgs, Void> DOMAIN_SET_MEMORY =
            Signature.of(RemoteProcedure.DOMAIN_SET_MEMORY, DomainSetMemoryArgs.class, Void.class);
    public static final Signature<DomainRef, DomainGetSchedulerTypeRet> DOMAIN_GET_SCHEDULER_TYPE =
            Signature.of(RemoteProcedure.DOMAIN_GET_SCHEDULER_TYPE, DomainRef.class, DomainGetSchedulerTypeRet.class);
    public static final Signature<DomainGetSchedulerParametersArgs, DomainGetSchedulerParametersRet>
            DOMAIN_GET_SCHEDULER_PARAMETERS = Signature.of(
                    RemoteProcedure.DOMAIN_GET_SCHEDULER_PARAMETERS,
                    DomainGetSchedulerParametersArgs.class,
                    DomainGetSchedulerParametersRet.class);
    public static final Signature<DomainSetSchedulerParametersArgs, Void> DOMAIN_SET_SCHEDULER_PARAMETERS =
            Signature.of(
                    RemoteProcedure.DOMAIN_SET_SCHEDULER_PARAMETERS,
                    DomainSetSchedulerParametersArgs.class,
                    Void.class);
    public static final Signature<DomainSetMemoryParametersArgs, Void> DOMAIN_SET_MEMORY_PARAMETERS =
            Signature.of(RemoteProcedure.DOMAIN_SET_MEMORY_PARAMETERS, DomainSetMemoryParametersArgs.class, Void.class);
    public static final Signature<DomainGetMemoryParametersArgs, DomainGetMemoryParametersRet>
            DOMAIN_GET_MEMORY_PARAMETERS = Signature.of(
                    RemoteProcedure.DOMAIN_GET_MEMORY_PARAMETERS,
                    DomainGetMemoryParametersArgs.class,
                    DomainGetMemoryParametersRet.class);
    public static final Signature<DomainSetMemoryFlagsArgs, Void> DOMAIN_SET_MEMORY_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_SET_MEMORY_FLAGS, DomainSetMemoryFlagsArgs.class, Void.class);
    public static final Signature<DomainSetBlkioParametersArgs, Void> DOMAIN_SET_BLKIO_PARAMETERS =
            Signature.of(RemoteProcedure.DOMAIN_SET_BLKIO_PARAMETERS, DomainSetBlkioParametersArgs.class, Void.class);
    public static final Signature<DomainGetBlkioParametersArgs, DomainGetBlkioParametersRet>
            DOMAIN_GET_BLKIO_PARAMETERS = Signature.of(
                    RemoteProcedure.DOMAIN_GET_BLKIO_PARAMETERS,
                    DomainGetBlkioParametersArgs.class,
                    DomainGetBlkioParametersRet.class);
    public static final Signature<DomainSetSchedulerParametersFlagsArgs, Void> DOMAIN_SET_SCHEDULER_PARAMETERS_FLAGS =
            Signature.of(
                    RemoteProcedure.DOMAIN_SET_SCHEDULER_PARAMETERS_FLAGS,
                    DomainSetSchedulerParametersFlagsArgs.class,
                    Void.class);
    public static final Signature<DomainGetSchedulerParametersFlagsArgs, DomainGetSchedulerParametersFlagsRet>
            DOMAIN_GET_SCHEDULER_PARAMETERS_FLAGS = Signature.of(
                    RemoteProcedure.DOMAIN_GET_SCHEDULER_PARAMETERS_FLAGS,
                    DomainGetSchedulerParametersFlagsArgs.class,
                    DomainGetSchedulerParametersFlagsRet.class);
    public static final Signature<DomainSetBlockIoTuneArgs, Void> DOMAIN_SET_BLOCK_IO_TUNE =
            Signature.of(RemoteProcedure.DOMAIN_SET_BLOCK_IO_TUNE, DomainSetBlockIoTuneArgs.class, Void.class);
    public static final Signature<DomainGetBlockIoTuneArgs, DomainGetBlockIoTuneRet> DOMAIN_GET_BLOCK_IO_TUNE =
            Signature.of(
                    RemoteProcedure.DOMAIN_GET_BLOCK_IO_TUNE,
                    DomainGetBlockIoTuneArgs.class,
                    DomainGetBlockIoTuneRet.class);
    public static final Signature<DomainSetInterfaceParametersArgs, Void> DOMAIN_SET_INTERFACE_PARAMETERS =
            Signature.of(
                    RemoteProcedure.DOMAIN_SET_INTERFACE_PARAMETERS,
                    DomainSetInterfaceParametersArgs.class,
                    Void.class);
    public static final Signature<DomainGetInterfaceParametersArgs, DomainGetInterfaceParametersRet>
            DOMAIN_GET_INTERFACE_PARAMETERS = Signature.of(
                    RemoteProcedure.DOMAIN_GET_INTERFACE_PARAMETERS,
                    DomainGetInterfaceParametersArgs.class,
                    DomainGetInterfaceParametersRet.class);

    public record DomainGetMaxMemoryRet(long memory) {}

    public record DomainSetMaxMemoryArgs(DomainRef dom, long memory) {}

    public record DomainSetMemoryArgs(DomainRef dom, long memory) {}

    public record DomainGetSchedulerTypeRet(String type, int nparams) {}

    public record DomainGetSchedulerParametersArgs(DomainRef dom, int nparams) {}

    public record DomainGetSchedulerParametersRet(@Max(Limits.DOMAIN_SCHEDULER_PARAMETERS) List<TypedParam> params) {}

    public record DomainSetSchedulerParametersArgs(
            DomainRef dom, @Max(Limits.DOMAIN_SCHEDULER_PARAMETERS) List<TypedParam> params) {}

    public record DomainSetMemoryParametersArgs(
            DomainRef dom, @Max(Limits.DOMAIN_MEMORY_PARAMETERS) List<TypedParam> params, int flags) {}

    public record DomainGetMemoryParametersArgs(DomainRef dom, int nparams, int flags) {}

    public record DomainGetMemoryParametersRet(
            @Max(Limits.DOMAIN_MEMORY_PARAMETERS) List<TypedParam> params, int nparams) {}

    public record DomainSetMemoryFlagsArgs(DomainRef dom, long memory, int flags) {}

    public record DomainSetBlkioParametersArgs(
            DomainRef dom, @Max(Limits.DOMAIN_BLKIO_PARAMETERS) List<TypedParam> params, int flags) {}

    public record DomainGetBlkioParametersArgs(DomainRef dom, int nparams, int flags) {}

    public record DomainGetBlkioParametersRet(
            @Max(Limits.DOMAIN_BLKIO_PARAMETERS) List<TypedParam> params, int nparams) {}

    public record DomainSetSchedulerParametersFlagsArgs(
            DomainRef dom, @Max(Limits.DOMAIN_SCHEDULER_PARAMETERS) List<TypedParam> params, int flags) {}

    public record DomainGetSchedulerParametersFlagsArgs(DomainRef dom, int nparams, int flags) {}

    public record DomainGetSchedulerParametersFlagsRet(
            @Max(Limits.DOMAIN_SCHEDULER_PARAMETERS) List<TypedParam> params) {}

    public record DomainSetBlockIoTuneArgs(
            DomainRef dom,
            String disk,
            @Max(Limits.DOMAIN_BLOCK_IO_TUNE_PARAMETERS) List<TypedParam> params,
            int flags) {}

    public record DomainGetBlockIoTuneArgs(DomainRef dom, @Nullable String disk, int nparams, int flags) {}

    public record DomainGetBlockIoTuneRet(
            @Max(Limits.DOMAIN_BLOCK_IO_TUNE_PARAMETERS) List<TypedParam> params, int nparams) {}

    public record DomainSetInterfaceParametersArgs(
            DomainRef dom,
            String device,
            @Max(Limits.DOMAIN_INTERFACE_PARAMETERS) List<TypedParam> params,
            int flags) {}

    public record DomainGetInterfaceParametersArgs(DomainRef dom, String device, int nparams, int flags) {}

    public record DomainGetInterfaceParametersRet(
            @Max(Limits.DOMAIN_INTERFACE_PARAMETERS) List<TypedParam> params, int nparams) {}
}

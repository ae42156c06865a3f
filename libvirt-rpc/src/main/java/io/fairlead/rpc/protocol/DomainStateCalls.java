package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Chars;
import io.fairlead.rpc.xdr.Max;
import java.util.List;

/** Calls for the present state of a domain. */
public final class DomainStateCalls {
    private DomainStateCalls() {}

    public static final Signature<DomainRef, DomainGetInfoRet> DOMAIN_GET_INFO =
            Signature.of(RemoteProcedure.DOMAIN_GET_INFO, DomainRef.class, DomainGetInfoRet.class);
    public static final Signature<DomainRef, DomainGetOsTypeRet> DOMAIN_GET_OS_TYPE =
            Signature.of(RemoteProcedure.DOMAIN_GET_OS_TYPE, DomainRef.class, DomainGetOsTypeRet.class);
    public static final Signature<DomainRef, DomainGetSecurityLabelRet> DOMAIN_GET_SECURITY_LABEL =
            Signature.of(RemoteProcedure.DOMAIN_GET_SECURITY_LABEL, DomainRef.class, DomainGetSecurityLabelRet.class);
    public static final Signature<DomainRef, DomainIsActiveRet> DOMAIN_IS_ACTIVE =
            Signature.of(RemoteProcedure.DOMAIN_IS_ACTIVE, DomainRef.class, DomainIsActiveRet.class);
    public static final Signature<DomainRef, DomainIsPersistentRet> DOMAIN_IS_PERSISTENT =
            Signature.of(RemoteProcedure.DOMAIN_IS_PERSISTENT, DomainRef.class, DomainIsPersistentRet.class);
    public static final Signature<DomainRef, DomainGetJobInfoRet> DOMAIN_GET_JOB_INFO =
            Signature.of(RemoteProcedure.DOMAIN_GET_JOB_INFO, DomainRef.class, DomainGetJobInfoRet.class);
    public static final Signature<DomainRef, Void> DOMAIN_ABORT_JOB =
            Signature.of(RemoteProcedure.DOMAIN_ABORT_JOB, DomainRef.class, Void.class);
    public static final Signature<DomainRef, DomainIsUpdatedRet> DOMAIN_IS_UPDATED =
            Signature.of(RemoteProcedure.DOMAIN_IS_UPDATED, DomainRef.class, DomainIsUpdatedRet.class);
    public static final Signature<DomainGetStateArgs, DomainGetStateRet> DOMAIN_GET_STATE =
            Signature.of(RemoteProcedure.DOMAIN_GET_STATE, DomainGetStateArgs.class, DomainGetStateRet.class);
    public static final Signature<DomainGetControlInfoArgs, DomainGetControlInfoRet> DOMAIN_GET_CONTROL_INFO =
            Signature.of(
                    RemoteProcedure.DOMAIN_GET_CONTROL_INFO,
                    DomainGetControlInfoArgs.class,
                    DomainGetControlInfoRet.class);
    public static final Signature<DomainGetHostnameArgs, DomainGetHostnameRet> DOMAIN_GET_HOSTNAME =
            Signature.of(RemoteProcedure.DOMAIN_GET_HOSTNAME, DomainGetHostnameArgs.class, DomainGetHostnameRet.class);
    public static final Signature<DomainRef, DomainGetSecurityLabelListRet> DOMAIN_GET_SECURITY_LABEL_LIST =
            Signature.of(
                    RemoteProcedure.DOMAIN_GET_SECURITY_LABEL_LIST,
                    DomainRef.class,
                    DomainGetSecurityLabelListRet.class);
    public static final Signature<DomainGetJobStatsArgs, DomainGetJobStatsRet> DOMAIN_GET_JOB_STATS =
            Signature.of(RemoteProcedure.DOMAIN_GET_JOB_STATS, DomainGetJobStatsArgs.class, DomainGetJobStatsRet.class);
    public static final Signature<DomainGetMessagesArgs, DomainGetMessagesRet> DOMAIN_GET_MESSAGES =
            Signature.of(RemoteProcedure.DOMAIN_GET_MESSAGES, DomainGetMessagesArgs.class, DomainGetMessagesRet.class);
    public static final Signature<DomainAbortJobFlagsArgs, Void> DOMAIN_ABORT_JOB_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_ABORT_JOB_FLAGS, DomainAbortJobFlagsArgs.class, Void.class);

    public record DomainGetInfoRet(int state, long maxMem, long memory, int nrVirtCpu, long cpuTime) {}

    public record DomainGetOsTypeRet(String type) {}

    public record DomainGetSecurityLabelRet(@Chars(max = Limits.SECURITY_LABEL) String label, int enforcing) {}

    public record DomainIsActiveRet(int active) {}

    public record DomainIsPersistentRet(int persistent) {}

    public record DomainGetJobInfoRet(
            int type,
            long timeElapsed,
            long timeRemaining,
            long dataTotal,
            long dataProcessed,
            long dataRemaining,
            long memTotal,
            long memProcessed,
            long memRemaining,
            long fileTotal,
            long fileProcessed,
            long fileRemaining) {}

    public record DomainIsUpdatedRet(int updated) {}

    public record DomainGetStateArgs(DomainRef dom, int flags) {}

    public record DomainGetStateRet(int state, int reason) {}

    public record DomainGetControlInfoArgs(DomainRef dom, int flags) {}

    public record DomainGetControlInfoRet(int state, int details, long stateTime) {}

    public record DomainGetHostnameArgs(DomainRef dom, int flags) {}

    public record DomainGetHostnameRet(String hostname) {}

    public record DomainGetSecurityLabelListRet(
            @Max(Limits.SECURITY_LABEL_LIST) List<DomainGetSecurityLabelRet> labels, int ret) {}

    public record DomainGetJobStatsArgs(DomainRef dom, int flags) {}

    public record DomainGetJobStatsRet(int type, @Max(Limits.DOMAIN_JOB_STATS) List<TypedParam> params) {}

    public record DomainGetMessagesArgs(DomainRef dom, int flags) {}

    public record DomainGetMessagesRet(@Max(Limits.DOMAIN_MESSAGES) List<String> msgs) {}

    public record DomainAbortJobFlagsArgs(DomainRef dom, int flags) {}
}

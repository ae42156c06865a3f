package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import io.fairlead.rpc.xdr.Nullable;
import java.util.List;

/**
 * Calls for registering for domain events, and their messages, which carry the callback id that registering
 * returned.
 */
public final class DomainEvents {
    private DomainEvents() {}

    public static final Signature<ConnectDomainEventCallbackRegisterAnyArgs, ConnectDomainEventCallbackRegisterAnyRet>
            CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY = Signature.of(
                    RemoteProcedure.CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY,
                    ConnectDomainEventCallbackRegisterAnyArgs.class,
                    ConnectDomainEventCallbackRegisterAnyRet.class);
    public static final Signature<ConnectDomainEventCallbackDeregisterAnyArgs, Void>
            CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY = Signature.of(
                    RemoteProcedure.CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY,
                    ConnectDomainEventCallbackDeregisterAnyArgs.class,
                    Void.class);
    public static final Message<DomainEventCallbackLifecycleMsg> DOMAIN_EVENT_CALLBACK_LIFECYCLE =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_LIFECYCLE, DomainEventCallbackLifecycleMsg.class);
    public static final Message<DomainEventCallbackRebootMsg> DOMAIN_EVENT_CALLBACK_REBOOT =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_REBOOT, DomainEventCallbackRebootMsg.class);
    public static final Message<DomainEventCallbackRtcChangeMsg> DOMAIN_EVENT_CALLBACK_RTC_CHANGE =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_RTC_CHANGE, DomainEventCallbackRtcChangeMsg.class);
    public static final Message<DomainEventCallbackWatchdogMsg> DOMAIN_EVENT_CALLBACK_WATCHDOG =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_WATCHDOG, DomainEventCallbackWatchdogMsg.class);
    public static final Message<DomainEventCallbackIoErrorMsg> DOMAIN_EVENT_CALLBACK_IO_ERROR =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_IO_ERROR, DomainEventCallbackIoErrorMsg.class);
    public static final Message<DomainEventCallbackGraphicsMsg> DOMAIN_EVENT_CALLBACK_GRAPHICS =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_GRAPHICS, DomainEventCallbackGraphicsMsg.class);
    public static final Message<DomainEventCallbackIoErrorReasonMsg> DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON = Message.of(
            RemoteProcedure.DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON, DomainEventCallbackIoErrorReasonMsg.class);
    public static final Message<DomainEventCallbackControlErrorMsg> DOMAIN_EVENT_CALLBACK_CONTROL_ERROR =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_CONTROL_ERROR, DomainEventCallbackControlErrorMsg.class);
    public static final Message<DomainEventCallbackBlockJobMsg> DOMAIN_EVENT_CALLBACK_BLOCK_JOB =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_BLOCK_JOB, DomainEventCallbackBlockJobMsg.class);
    public static final Message<DomainEventCallbackDiskChangeMsg> DOMAIN_EVENT_CALLBACK_DISK_CHANGE =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_DISK_CHANGE, DomainEventCallbackDiskChangeMsg.class);
    public static final Message<DomainEventCallbackTrayChangeMsg> DOMAIN_EVENT_CALLBACK_TRAY_CHANGE =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_TRAY_CHANGE, DomainEventCallbackTrayChangeMsg.class);
    public static final Message<DomainEventCallbackPmwakeupMsg> DOMAIN_EVENT_CALLBACK_PMWAKEUP =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_PMWAKEUP, DomainEventCallbackPmwakeupMsg.class);
    public static final Message<DomainEventCallbackPmsuspendMsg> DOMAIN_EVENT_CALLBACK_PMSUSPEND =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_PMSUSPEND, DomainEventCallbackPmsuspendMsg.class);
    public static final Message<DomainEventCallbackBalloonChangeMsg> DOMAIN_EVENT_CALLBACK_BALLOON_CHANGE =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_BALLOON_CHANGE, DomainEventCallbackBalloonChangeMsg.class);
    public static final Message<DomainEventCallbackPmsuspendDiskMsg> DOMAIN_EVENT_CALLBACK_PMSUSPEND_DISK =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_PMSUSPEND_DISK, DomainEventCallbackPmsuspendDiskMsg.class);
    public static final Message<DomainEventCallbackDeviceRemovedMsg> DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED, DomainEventCallbackDeviceRemovedMsg.class);
    public static final Message<DomainEventBlockJob2Msg> DOMAIN_EVENT_BLOCK_JOB_2 =
            Message.of(RemoteProcedure.DOMAIN_EVENT_BLOCK_JOB_2, DomainEventBlockJob2Msg.class);
    public static final Message<DomainEventCallbackTunableMsg> DOMAIN_EVENT_CALLBACK_TUNABLE =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_TUNABLE, DomainEventCallbackTunableMsg.class);
    public static final Message<DomainEventCallbackAgentLifecycleMsg> DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE =
            Message.of(
                    RemoteProcedure.DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE, DomainEventCallbackAgentLifecycleMsg.class);
    public static final Message<DomainEventCallbackDeviceAddedMsg> DOMAIN_EVENT_CALLBACK_DEVICE_ADDED =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_DEVICE_ADDED, DomainEventCallbackDeviceAddedMsg.class);
    public static final Message<DomainEventCallbackMigrationIterationMsg> DOMAIN_EVENT_CALLBACK_MIGRATION_ITERATION =
            Message.of(
                    RemoteProcedure.DOMAIN_EVENT_CALLBACK_MIGRATION_ITERATION,
                    DomainEventCallbackMigrationIterationMsg.class);
    public static final Message<DomainEventCallbackJobCompletedMsg> DOMAIN_EVENT_CALLBACK_JOB_COMPLETED =
            Message.of(RemoteProcedure.DOMAIN_EVENT_CALLBACK_JOB_COMPLETED, DomainEventCallbackJobCompletedMsg.class);
    public static final Message<DomainEventCallbackDeviceRemovalFailedMsg> DOMAIN_EVENT_CALLBACK_DEVICE_REMOVAL_FAILED =
            Message.of(
                    RemoteProcedure.DOMAIN_EVENT_CALLBACK_DEVICE_REMOVAL_FAILED,
                    DomainEventCallbackDeviceRemovalFailedMsg.class);
    public static final Message<DomainEventCallbackMetadataChangeMsg> DOMAIN_EVENT_CALLBACK_METADATA_CHANGE =
            Message.of(
                    RemoteProcedure.DOMAIN_EVENT_CALLBACK_METADATA_CHANGE, DomainEventCallbackMetadataChangeMsg.class);
    public static final Message<DomainEventBlockThresholdMsg> DOMAIN_EVENT_BLOCK_THRESHOLD =
            Message.of(RemoteProcedure.DOMAIN_EVENT_BLOCK_THRESHOLD, DomainEventBlockThresholdMsg.class);
    public static final Message<DomainEventMemoryFailureMsg> DOMAIN_EVENT_MEMORY_FAILURE =
            Message.of(RemoteProcedure.DOMAIN_EVENT_MEMORY_FAILURE, DomainEventMemoryFailureMsg.class);
    public static final Message<DomainEventMemoryDeviceSizeChangeMsg> DOMAIN_EVENT_MEMORY_DEVICE_SIZE_CHANGE =
            Message.of(
                    RemoteProcedure.DOMAIN_EVENT_MEMORY_DEVICE_SIZE_CHANGE, DomainEventMemoryDeviceSizeChangeMsg.class);

    public record ConnectDomainEventCallbackRegisterAnyArgs(int eventId, @Nullable DomainRef dom) {}

    public record ConnectDomainEventCallbackRegisterAnyRet(int callbackId) {}

    public record ConnectDomainEventCallbackDeregisterAnyArgs(int callbackId) {}

    public record DomainEventCallbackLifecycleMsg(int callbackId, DomainRef dom, int event, int detail) {}

    public record DomainEventCallbackRebootMsg(int callbackId, DomainRef dom) {}

    public record DomainEventCallbackRtcChangeMsg(int callbackId, DomainRef dom, long offset) {}

    public record DomainEventCallbackWatchdogMsg(int callbackId, DomainRef dom, int action) {}

    public record DomainEventCallbackIoErrorMsg(
            int callbackId, DomainRef dom, String srcPath, String devAlias, int action) {}

    public record DomainEventGraphicsAddress(int family, String node, String service) {}

    public record DomainEventGraphicsIdentity(String type, String name) {}

    public record DomainEventCallbackGraphicsMsg(
            int callbackId,
            DomainRef dom,
            int phase,
            DomainEventGraphicsAddress local,
            DomainEventGraphicsAddress remote,
            String authScheme,
            @Max(Limits.DOMAIN_EVENT_GRAPHICS_IDENTITY) List<DomainEventGraphicsIdentity> subject) {}

    public record DomainEventCallbackIoErrorReasonMsg(
            int callbackId, DomainRef dom, String srcPath, String devAlias, int action, String reason) {}

    public record DomainEventCallbackControlErrorMsg(int callbackId, DomainRef dom) {}

    public record DomainEventCallbackBlockJobMsg(int callbackId, DomainRef dom, String path, int type, int status) {}

    public record DomainEventCallbackDiskChangeMsg(
            int callbackId,
            DomainRef dom,
            @Nullable String oldSrcPath,
            @Nullable String newSrcPath,
            String devAlias,
            int reason) {}

    public record DomainEventCallbackTrayChangeMsg(int callbackId, DomainRef dom, String devAlias, int reason) {}

    public record DomainEventCallbackPmwakeupMsg(int callbackId, int reason, DomainRef dom) {}

    public record DomainEventCallbackPmsuspendMsg(int callbackId, int reason, DomainRef dom) {}

    public record DomainEventCallbackBalloonChangeMsg(int callbackId, DomainRef dom, long actual) {}

    public record DomainEventCallbackPmsuspendDiskMsg(int callbackId, int reason, DomainRef dom) {}

    public record DomainEventCallbackDeviceRemovedMsg(int callbackId, DomainRef dom, String devAlias) {}

    public record DomainEventBlockJob2Msg(int callbackId, DomainRef dom, String dst, int type, int status) {}

    public record DomainEventCallbackTunableMsg(
            int callbackId, DomainRef dom, @Max(Limits.DOMAIN_EVENT_TUNABLE) List<TypedParam> params) {}

    public record DomainEventCallbackAgentLifecycleMsg(int callbackId, DomainRef dom, int state, int reason) {}

    public record DomainEventCallbackDeviceAddedMsg(int callbackId, DomainRef dom, String devAlias) {}

    public record DomainEventCallbackMigrationIterationMsg(int callbackId, DomainRef dom, int iteration) {}

    public record DomainEventCallbackJobCompletedMsg(
            int callbackId, DomainRef dom, @Max(Limits.DOMAIN_JOB_STATS) List<TypedParam> params) {}

    public record DomainEventCallbackDeviceRemovalFailedMsg(int callbackId, DomainRef dom, String devAlias) {}

    public record DomainEventCallbackMetadataChangeMsg(
            int callbackId, DomainRef dom, int type, @Nullable String nsuri) {}

    public record DomainEventBlockThresholdMsg(
            int callbackId, DomainRef dom, String dev, @Nullable String path, long threshold, long excess) {}

    public record DomainEventMemoryFailureMsg(int callbackId, DomainRef dom, int recipient, int action, int flags) {}

    public record DomainEventMemoryDeviceSizeChangeMsg(int callbackId, DomainRef dom, String alias, long size) {}
}

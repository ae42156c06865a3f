package io.fairlead.rpc.protocol;

/** The 27 domain events a client can register for (virDomainEventID), and the message each is sent as. */
public enum DomainEventId {
    LIFECYCLE(RemoteProcedure.DOMAIN_EVENT_CALLBACK_LIFECYCLE),
    REBOOT(RemoteProcedure.DOMAIN_EVENT_CALLBACK_REBOOT),
    RTC_CHANGE(RemoteProcedure.DOMAIN_EVENT_CALLBACK_RTC_CHANGE),
    WATCHDOG(RemoteProcedure.DOMAIN_EVENT_CALLBACK_WATCHDOG),
    IO_ERROR(RemoteProcedure.DOMAIN_EVENT_CALLBACK_IO_ERROR),
    GRAPHICS(RemoteProcedure.DOMAIN_EVENT_CALLBACK_GRAPHICS),
    IO_ERROR_REASON(RemoteProcedure.DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON),
    CONTROL_ERROR(RemoteProcedure.DOMAIN_EVENT_CALLBACK_CONTROL_ERROR),
    BLOCK_JOB(RemoteProcedure.DOMAIN_EVENT_CALLBACK_BLOCK_JOB),
    DISK_CHANGE(RemoteProcedure.DOMAIN_EVENT_CALLBACK_DISK_CHANGE),
    TRAY_CHANGE(RemoteProcedure.DOMAIN_EVENT_CALLBACK_TRAY_CHANGE),
    PMWAKEUP(RemoteProcedure.DOMAIN_EVENT_CALLBACK_PMWAKEUP),
    PMSUSPEND(RemoteProcedure.DOMAIN_EVENT_CALLBACK_PMSUSPEND),
    BALLOON_CHANGE(RemoteProcedure.DOMAIN_EVENT_CALLBACK_BALLOON_CHANGE),
    PMSUSPEND_DISK(RemoteProcedure.DOMAIN_EVENT_CALLBACK_PMSUSPEND_DISK),
    DEVICE_REMOVED(RemoteProcedure.DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED),
    BLOCK_JOB_2(RemoteProcedure.DOMAIN_EVENT_BLOCK_JOB_2),
    TUNABLE(RemoteProcedure.DOMAIN_EVENT_CALLBACK_TUNABLE),
    AGENT_LIFECYCLE(RemoteProcedure.DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE),
    DEVICE_ADDED(RemoteProcedure.DOMAIN_EVENT_CALLBACK_DEVICE_ADDED),
    MIGRATION_ITERATION(RemoteProcedure.DOMAIN_EVENT_CALLBACK_MIGRATION_ITERATION),
    JOB_COMPLETED(RemoteProcedure.DOMAIN_EVENT_CALLBACK_JOB_COMPLETED),
    DEVICE_REMOVAL_FAILED(RemoteProcedure.DOMAIN_EVENT_CALLBACK_DEVICE_REMOVAL_FAILED),
    METADATA_CHANGE(RemoteProcedure.DOMAIN_EVENT_CALLBACK_METADATA_CHANGE),
    BLOCK_THRESHOLD(RemoteProcedure.DOMAIN_EVENT_BLOCK_THRESHOLD),
    MEMORY_FAILURE(RemoteProcedure.DOMAIN_EVENT_MEMORY_FAILURE),
    MEMORY_DEVICE_SIZE_CHANGE(RemoteProcedure.DOMAIN_EVENT_MEMORY_DEVICE_SIZE_CHANGE);

    private static final DomainEventId[] BY_NUMBER = values();

    private final RemoteProcedure message;

    DomainEventId(RemoteProcedure message) {
        this.message = message;
    }

    /** The number a client registers with, 0 to 26. */
    public int number() {
        return ordinal();
    }

    public RemoteProcedure message() {
        return message;
    }

    /** Returns null for a number that is none of the 27. */
    public static DomainEventId byNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }
}

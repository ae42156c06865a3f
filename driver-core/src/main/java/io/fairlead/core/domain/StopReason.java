package io.fairlead.core.domain;

import io.fairlead.core.event.LifecycleChange;

/** Why a domain is off, with libvirt's numbers (virDomainShutoffReason). */
public enum StopReason {
    /** The domain has not run, or the reason is unknown. */
    UNKNOWN(0, LifecycleChange.STOPPED_FAILED),
    SHUTDOWN(1, LifecycleChange.STOPPED_SHUTDOWN),
    DESTROYED(2, LifecycleChange.STOPPED_DESTROYED),
    CRASHED(3, LifecycleChange.STOPPED_CRASHED),
    /** Its launch failed, or the daemon could not learn how it ended. */
    FAILED(6, LifecycleChange.STOPPED_FAILED),
    /** It was reverted to a snapshot, or was to halt once a snapshot was taken. */
    FROM_SNAPSHOT(7, LifecycleChange.STOPPED_FROM_SNAPSHOT);

    private final int libvirtReason;
    private final LifecycleChange event;

    StopReason(int libvirtReason, LifecycleChange event) {
        this.libvirtReason = libvirtReason;
        this.event = event;
    }

    public int libvirtReason() {
        return libvirtReason;
    }

    LifecycleChange event() {
        return event;
    }
}

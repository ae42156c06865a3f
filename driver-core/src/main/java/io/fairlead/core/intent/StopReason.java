package io.fairlead.core.intent;

import io.fairlead.core.event.LifecycleChange;

/** Why a domain is off. */
public enum StopReason {
    /** The domain has not run, or the reason is unknown. */
    UNKNOWN(LifecycleChange.STOPPED_FAILED),
    SHUTDOWN(LifecycleChange.STOPPED_SHUTDOWN),
    DESTROYED(LifecycleChange.STOPPED_DESTROYED),
    CRASHED(LifecycleChange.STOPPED_CRASHED),
    /** Its launch failed, or the daemon could not learn how it ended. */
    FAILED(LifecycleChange.STOPPED_FAILED),
    /** It was reverted to a snapshot, or was to halt once a snapshot was taken. */
    FROM_SNAPSHOT(LifecycleChange.STOPPED_FROM_SNAPSHOT);

    private final LifecycleChange event;

    StopReason(LifecycleChange event) {
        this.event = event;
    }

    public LifecycleChange event() {
        return event;
    }
}

package io.fairlead.core.event;

import java.util.UUID;

/**
 * The lifecycle events that clients get, with libvirt's numbers (virDomainEventType and the detail types in
 * libvirt-domain.h).
 */
public enum LifecycleChange {
    DEFINED_ADDED(0, 0),
    DEFINED_UPDATED(0, 1),
    DEFINED_RENAMED(0, 2),
    DEFINED_FROM_SNAPSHOT(0, 3),
    UNDEFINED_REMOVED(1, 0),
    UNDEFINED_RENAMED(1, 1),
    STARTED_BOOTED(2, 0),
    STARTED_FROM_SNAPSHOT(2, 3),
    SUSPENDED_PAUSED(3, 0),
    SUSPENDED_FROM_SNAPSHOT(3, 5),
    RESUMED_UNPAUSED(4, 0),
    STOPPED_SHUTDOWN(5, 0),
    STOPPED_DESTROYED(5, 1),
    STOPPED_CRASHED(5, 2),
    STOPPED_FAILED(5, 5),
    STOPPED_FROM_SNAPSHOT(5, 6),
    CRASHED_PANICKED(8, 0);

    private final int event;
    private final int detail;

    LifecycleChange(int event, int detail) {
        this.event = event;
        this.detail = detail;
    }

    public Event.Lifecycle of(UUID uuid, String name, int id) {
        return new Event.Lifecycle(uuid, name, id, event, detail);
    }
}

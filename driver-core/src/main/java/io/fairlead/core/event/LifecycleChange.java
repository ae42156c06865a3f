package io.fairlead.core.event;

import io.fairlead.core.backend.GuestExit;
import java.util.Optional;
import java.util.UUID;

/** The changes in the life of a domain, told apart as finely as libvirt's clients see them. */
public enum LifecycleChange {
    DEFINED_ADDED,
    DEFINED_UPDATED,
    DEFINED_RENAMED,
    DEFINED_FROM_SNAPSHOT,
    UNDEFINED_REMOVED,
    UNDEFINED_RENAMED,
    STARTED_BOOTED,
    STARTED_FROM_SNAPSHOT,
    SUSPENDED_PAUSED,
    SUSPENDED_FROM_SNAPSHOT,
    RESUMED_UNPAUSED,
    STOPPED_SHUTDOWN,
    STOPPED_DESTROYED,
    STOPPED_CRASHED,
    STOPPED_FAILED,
    STOPPED_FROM_SNAPSHOT,
    /** The guest crashed, and another one follows. */
    CRASHED_PANICKED;

    /** The event of a change at which no guest ended. */
    public DomainEvent.Lifecycle of(UUID uuid, String name, int id) {
        return of(uuid, name, id, Optional.empty());
    }

    public DomainEvent.Lifecycle of(UUID uuid, String name, int id, Optional<GuestExit> exit) {
        return new DomainEvent.Lifecycle(uuid, name, id, this, exit);
    }
}

package io.fairlead.libvirt.number;

import io.fairlead.core.event.LifecycleChange;
import io.fairlead.storage.pool.PoolEvent;

/** libvirt's numbers of what happens to domains and pools (include/libvirt/libvirt-domain.h, libvirt-storage.h). */
public final class EventNumbers {
    private EventNumbers() {}

    /** virDomainEventType. */
    public static int type(LifecycleChange change) {
        return switch (change) {
            case DEFINED_ADDED, DEFINED_UPDATED, DEFINED_RENAMED, DEFINED_FROM_SNAPSHOT -> 0;
            case UNDEFINED_REMOVED, UNDEFINED_RENAMED -> 1;
            case STARTED_BOOTED, STARTED_FROM_SNAPSHOT -> 2;
            case SUSPENDED_PAUSED, SUSPENDED_FROM_SNAPSHOT -> 3;
            case RESUMED_UNPAUSED -> 4;
            case STOPPED_SHUTDOWN, STOPPED_DESTROYED, STOPPED_CRASHED, STOPPED_FAILED, STOPPED_FROM_SNAPSHOT -> 5;
            case CRASHED_PANICKED -> 8;
        };
    }

    /** The number that goes with the type: virDomainEventDefinedDetailType and others. */
    public static int detail(LifecycleChange change) {
        return switch (change) {
            case DEFINED_ADDED -> 0;
            case DEFINED_UPDATED -> 1;
            case DEFINED_RENAMED -> 2;
            case DEFINED_FROM_SNAPSHOT -> 3;
            case UNDEFINED_REMOVED -> 0;
            case UNDEFINED_RENAMED -> 1;
            case STARTED_BOOTED -> 0;
            case STARTED_FROM_SNAPSHOT -> 3;
            case SUSPENDED_PAUSED -> 0;
            case SUSPENDED_FROM_SNAPSHOT -> 5;
            case RESUMED_UNPAUSED -> 0;
            case STOPPED_SHUTDOWN -> 0;
            case STOPPED_DESTROYED -> 1;
            case STOPPED_CRASHED -> 2;
            case STOPPED_FAILED -> 5;
            case STOPPED_FROM_SNAPSHOT -> 6;
            case CRASHED_PANICKED -> 0;
        };
    }

    /** virStoragePoolEventLifecycleType. */
    public static int of(PoolEvent.Change change) {
        return switch (change) {
            case DEFINED -> 0;
            case UNDEFINED -> 1;
            case STARTED -> 2;
            case STOPPED -> 3;
            case CREATED -> 4;
            case DELETED -> 5;
        };
    }
}

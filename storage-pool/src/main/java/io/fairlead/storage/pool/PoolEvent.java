package io.fairlead.storage.pool;

import java.util.UUID;

/** Something that happened to a pool. */
public sealed interface PoolEvent {
    UUID uuid();

    String name();

    /** A change of a pool, with libvirt's numbers (virStoragePoolEventLifecycleType). */
    enum Change {
        DEFINED,
        UNDEFINED,
        STARTED,
        STOPPED,
        /** It was built. */
        CREATED,
        DELETED
    }

    record Lifecycle(UUID uuid, String name, Change change) implements PoolEvent {}

    /** Its volumes were looked at afresh, or its numbers have changed greatly. */
    record Refresh(UUID uuid, String name) implements PoolEvent {}
}

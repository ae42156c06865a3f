package io.fairlead.storage.pool;

import io.fairlead.kit.event.Occurrence;
import java.util.UUID;

/** Something that happened to a pool. */
public sealed interface PoolEvent extends Occurrence {
    UUID uuid();

    String name();

    /** A change in the life of a pool. */
    enum Change {
        DEFINED,
        UNDEFINED,
        STARTED,
        STOPPED,
        /** It was built. */
        CREATED,
        /** Its content was deleted; the definition is still there. */
        DELETED
    }

    record Lifecycle(UUID uuid, String name, Change change) implements PoolEvent {}

    /** Its volumes were looked at afresh, or its numbers have changed greatly. */
    record Refresh(UUID uuid, String name) implements PoolEvent {}
}

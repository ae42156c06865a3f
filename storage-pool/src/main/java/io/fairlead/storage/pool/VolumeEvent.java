package io.fairlead.storage.pool;

import static java.util.Objects.requireNonNull;

import io.fairlead.kit.event.Occurrence;
import java.util.UUID;

/**
 * A volume was made or deleted at the request of a client. Volumes that a pool finds when it is looked at afresh are no
 * event: nobody knows when they came or went.
 *
 * @param pool the pool's uuid
 * @param name the volume's name, unique within the pool
 */
public record VolumeEvent(UUID pool, String poolName, String name, Change change) implements Occurrence {
    public enum Change {
        CREATED,
        DELETED
    }

    public VolumeEvent {
        requireNonNull(pool, "pool");
        requireNonNull(poolName, "poolName");
        requireNonNull(name, "name");
        requireNonNull(change, "change");
    }
}

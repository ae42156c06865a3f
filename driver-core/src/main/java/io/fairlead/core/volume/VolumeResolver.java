package io.fairlead.core.volume;

import io.fairlead.xml.domain.model.VolumeSource;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Makes volumes ready for guests, and records which guest uses which volume. */
public interface VolumeResolver {
    /**
     * Makes volumes ready for a guest, which uses them until {@link #release}: all of them, or none if this throws. A
     * volume in use cannot be deleted, wiped or reverted. These volumes replace any that the guest used before.
     *
     * @throws io.fairlead.kit.error.EngineException NO_STORAGE_POOL, NO_STORAGE_VOLUME, OPERATION_INVALID for a pool
     *     that is not active, RESOURCE_BUSY for a file that another guest uses, unless it may be shared
     */
    Map<VolumeSource, MountSpec> acquire(UUID guest, Collection<VolumeSource> volumes);

    /**
     * Records that a guest of an earlier daemon runs and uses these volumes. A volume that cannot be found, for
     * instance because its pool is not active, is logged. The guest runs and uses it nevertheless, and the use is
     * recorded when the pool becomes active.
     */
    void retake(UUID guest, Collection<VolumeSource> volumes);

    /** The guest has ended. Does nothing if it uses no volumes. A volume that cannot be released is logged. */
    void release(UUID guest);
}

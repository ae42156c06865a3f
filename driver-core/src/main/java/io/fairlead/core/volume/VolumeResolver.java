package io.fairlead.core.volume;

import io.fairlead.xml.domain.model.VolumeSource;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Makes volumes ready for guests, and knows which guest has which. */
public interface VolumeResolver {
    /**
     * Makes volumes ready for a guest, which has them until {@link #release}: all of them, or none if this throws. Nobody
     * deletes, wipes or reverts a volume that a guest has. A guest that had volumes has only these from now on.
     *
     * @throws io.fairlead.core.error.EngineException NO_STORAGE_POOL, NO_STORAGE_VOLUME, OPERATION_INVALID for a pool that is
     *     not active, RESOURCE_BUSY for a file that another guest has and that is not to be shared
     */
    Map<VolumeSource, MountSpec> acquire(UUID guest, Collection<VolumeSource> volumes);

    /**
     * A guest that an earlier daemon launched runs and has these volumes. What cannot be taken up, such as those of a pool
     * that is not there, is logged: the guest runs and has it all the same, and it is taken up when the pool comes up.
     */
    void retake(UUID guest, Collection<VolumeSource> volumes);

    /** The guest has ended. Harmless if it has none; a volume that cannot be put away is logged. */
    void release(UUID guest);
}

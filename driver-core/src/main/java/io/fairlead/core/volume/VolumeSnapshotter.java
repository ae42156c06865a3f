package io.fairlead.core.volume;

import io.fairlead.xml.domain.model.VolumeSource;
import java.util.UUID;

/**
 * Frozen contents of volumes, which snapshots of domains are made of. An id is 32 hexadecimal digits, the caller's
 * choice, and no other volume's. Methods throw {@link io.fairlead.core.error.EngineException}: NO_STORAGE_POOL, NO_STORAGE_VOLUME,
 * OPERATION_INVALID for a pool that is not active, NO_SUPPORT for one that cannot do it. Each change has happened in full once
 * its method returns; after a crash in its middle it has happened or not.
 */
public interface VolumeSnapshotter {
    /** Whether there is such a one of the volume. */
    boolean has(VolumeSource volume, String id);

    /** Keeps what the volume holds now. Those who write to it should stand still meanwhile. */
    void take(VolumeSource volume, String id);

    /** Gives the volume back what was kept. @throws io.fairlead.core.error.EngineException RESOURCE_BUSY while a guest has it */
    void revert(VolumeSource volume, String id);

    /**
     * Whether a revert can be made once this guest is off.
     *
     * @throws io.fairlead.core.error.EngineException RESOURCE_BUSY if another guest has the volume, too
     */
    void requireNoOther(VolumeSource volume, UUID guest);

    /** Forgets what was kept. Harmless if there is no such one, or no such volume or pool any more. */
    void delete(VolumeSource volume, String id);

    /** What the volume is to a guest. */
    MountSpec.Kind kind(VolumeSource volume);

    /** How the volume is known to who looks at the host: its path. */
    String path(VolumeSource volume);
}

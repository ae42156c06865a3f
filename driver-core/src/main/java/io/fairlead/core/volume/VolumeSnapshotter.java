package io.fairlead.core.volume;

import io.fairlead.xml.domain.model.VolumeSource;
import java.util.UUID;

/**
 * Frozen contents of volumes, the parts of a domain's snapshots. The caller chooses an id of 32 hexadecimal digits,
 * different for each volume. Methods throw {@link io.fairlead.kit.error.EngineException}: NO_STORAGE_POOL,
 * NO_STORAGE_VOLUME, OPERATION_INVALID for a pool that is not active, NO_SUPPORT for a pool that cannot do it. A change
 * is complete once its method returns; after a crash meanwhile it has happened in full or not at all.
 */
public interface VolumeSnapshotter {
    /** Whether there is a frozen content of the volume with this id. */
    boolean has(VolumeSource volume, String id);

    /** Freezes the volume's present content. Nothing should write to the volume meanwhile. */
    void take(VolumeSource volume, String id);

    /**
     * Restores the volume's frozen content.
     *
     * @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY while a guest uses it
     */
    void revert(VolumeSource volume, String id);

    /**
     * Checks that the volume can be reverted once this guest is off.
     *
     * @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY if another guest uses the volume, too
     */
    void requireNoOther(VolumeSource volume, UUID guest);

    /** Deletes a frozen content. Does nothing if it, its volume or its pool no longer exists. */
    void delete(VolumeSource volume, String id);

    /** The form in which a guest gets the volume. */
    MountSpec.Kind kind(VolumeSource volume);

    /** The volume's path on the host. */
    String path(VolumeSource volume);
}

package io.fairlead.storage.driver;

import java.util.Set;

/**
 * Frozen contents of a pool's volumes, from which snapshots of domains are made. A snapshot belongs to one volume, is
 * no volume itself and never changes. It shares blocks with its volume where the pool can. The caller makes up the ids,
 * of the form {@value #ID_PATTERN}. No two volumes of a pool have a snapshot of the same id, and an id is used again
 * only after its snapshot has been deleted.
 *
 * <p>Each change is on disk when its method returns; after a crash in its middle the next start of the pool finds the
 * old state or the new one. The caller keeps others from changing the volume meanwhile. Methods throw
 * {@link io.fairlead.kit.error.EngineException}; NO_STORAGE_VOLUME when there is no such volume.
 */
public interface VolumeSnapshots {
    String ID_PATTERN = "[0-9a-f]{32}";

    /** The snapshots there are of a volume. */
    Set<String> of(String volume);

    /**
     * Keeps the volume's present content. The volume may be active and in use: then the content is as consistent as its
     * users leave it, so they should stand still.
     *
     * @throws io.fairlead.kit.error.EngineException STORAGE_VOLUME_EXISTS if the volume has that snapshot already
     */
    void take(String volume, String snapshot);

    /**
     * Gives the volume the content of a snapshot, all of it at once; the snapshot stays. A volume that has been resized
     * since gets its earlier size back.
     *
     * @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY while the volume is active or a guest uses it,
     *     NO_STORAGE_VOLUME if it has no such snapshot
     */
    void revert(String volume, String snapshot);

    /** Forgets a snapshot and gives back its space. Harmless when there is none. */
    void delete(String volume, String snapshot);
}

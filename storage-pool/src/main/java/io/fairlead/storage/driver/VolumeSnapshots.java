package io.fairlead.storage.driver;

import java.util.Set;

/**
 * Frozen contents of a pool's volumes, from which snapshots of domains are made. A snapshot belongs to one volume, is no volume
 * itself, never changes, and shares with its volume what the pool can share. Snapshot ids are {@value #ID_PATTERN}; the caller
 * makes them up, no two volumes of a pool have the same, and one is used again only once it has been deleted.
 *
 * <p>Each change is on disk when its method returns; after a crash in its middle the next start of the pool finds the old
 * state or the new one. The caller keeps others from changing the volume meanwhile. Methods throw
 * {@link io.fairlead.core.error.EngineException}; NO_STORAGE_VOLUME when there is no such volume.
 */
public interface VolumeSnapshots {
    String ID_PATTERN = "[0-9a-f]{32}";

    /** The snapshots there are of a volume. */
    Set<String> of(String volume);

    /**
     * Keeps what the volume holds now. The volume may be active and in use: then it is as consistent as its users leave it,
     * so they should stand still.
     *
     * @throws io.fairlead.core.error.EngineException STORAGE_VOLUME_EXISTS if the volume has that snapshot
     */
    void take(String volume, String snapshot);

    /**
     * Gives the volume the content of a snapshot, all of it at once; the snapshot stays. A volume that has been resized since
     * gets back the size it had.
     *
     * @throws io.fairlead.core.error.EngineException RESOURCE_BUSY while the volume is active or a guest uses it,
     *     NO_STORAGE_VOLUME if it has no such snapshot
     */
    void revert(String volume, String snapshot);

    /** Forgets a snapshot and gives back its space. Harmless when there is none. */
    void delete(String volume, String snapshot);
}

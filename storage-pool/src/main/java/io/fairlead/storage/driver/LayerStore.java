package io.fairlead.storage.driver;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Contents of a pool that never change again, from which trees are composed: the layers of images. A layer is no volume
 * itself. It shares its blocks with its parent, and with all trees and layers that were made from it, where the pool
 * can; so each content counts once.
 *
 * <p>The caller makes up the ids, of the form {@value #ID_PATTERN}, and keeps the names that the world gives to layers.
 * No two layers of a pool have the same id.
 *
 * <p>Each change is on disk when its method returns; after a crash in its middle the next start of the pool finds the
 * old state or the new one. Threads: any. A change that would disturb work on a layer is refused with RESOURCE_BUSY;
 * for volumes, the caller keeps others from changing the same one meanwhile. Methods throw {@link
 * io.fairlead.kit.error.EngineException}; NO_STORAGE_VOLUME when there is no such layer or volume.
 */
public interface LayerStore {
    String ID_PATTERN = "[0-9a-f]{32}";

    /** All layers, by id. */
    List<Layer> all();

    /**
     * Keeps the present content of a tree as a layer that is complete by itself. The tree goes on above it. It may be
     * in use: then the content is as consistent as its users leave it, so they should stand still.
     *
     * @throws io.fairlead.kit.error.EngineException STORAGE_VOLUME_EXISTS if there is such a layer, OPERATION_INVALID
     *     if the volume is no tree
     */
    void freeze(String volume, String layer);

    /**
     * Makes a layer from a tar archive, which says how it differs from its parent, with whiteouts as the OCI image
     * specification defines them. Nobody sees the layer before the archive's stream has ended: a stream that throws at
     * its end, because a digest does not match, thus leaves nothing.
     *
     * @param parent empty for the lowest layer
     * @param tar uncompressed; read to its end, and not closed
     * @throws io.fairlead.kit.error.EngineException STORAGE_VOLUME_EXISTS if there is such a layer; OPERATION_FAILED if
     *     the archive is damaged, leads out of its tree or exceeds a limit; OPERATION_INVALID if the layers would be
     *     too many
     */
    void importTar(String layer, Optional<String> parent, InputStream tar, ImportLimits limits);

    /**
     * Makes a tree with the content of a layer. Takes milliseconds, however much that is.
     *
     * @param spec a tree; a capacity that is smaller than the pool can give to this content is raised
     * @throws io.fairlead.kit.error.EngineException STORAGE_VOLUME_EXISTS
     */
    VolumeFacts compose(VolumeSpec spec, String layer);

    /**
     * Forgets a layer. Content that trees and other layers still use stays until they are gone. Harmless when there is
     * no such layer.
     *
     * @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY while it is the parent of another layer
     */
    void delete(String layer);
}

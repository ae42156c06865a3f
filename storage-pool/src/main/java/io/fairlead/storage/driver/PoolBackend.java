package io.fairlead.storage.driver;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.image.ImageLayer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One active pool. A change is on disk when its method returns, and after a crash in its middle the next start finds
 * either the old state or the new one. Its methods throw {@link io.fairlead.kit.error.EngineException}.
 */
public interface PoolBackend {
    /** Fresh numbers of the whole pool; cheap. A pool that cannot be reached gives its last ones. */
    PoolUsage usage();

    /**
     * Those of the folder that it shows in, as they are now; {@link Permissions#DEFAULT} while it cannot be reached.
     */
    Permissions permissions();

    /** The pool's folder, without links in the path; empty for a pool that is no folder. */
    default Optional<Path> folder() {
        return Optional.empty();
    }

    /**
     * Whether the content of a volume belongs to the pool, so that it goes with the volume and a mount may cover it.
     * False if there is no such volume.
     */
    default boolean owns(String volume) {
        return true;
    }

    /** Empty for a pool without a watcher. */
    default Optional<PoolFill> fill() {
        return Optional.empty();
    }

    /**
     * Sets the listener for changes of the pool's level: the pool has become so much fuller or emptier that its users
     * should look. Called on a thread of the pool. A pool that cannot watch its level never calls it. A later call
     * takes the place of an earlier one.
     */
    default void onLevelChange(Runnable listener) {
        // a folder's file system fills without any notice to us
    }

    /**
     * Gives the pool back the space that the file systems of its mounted volumes have freed, one volume after the
     * other. May take long; volumes can be used and unmounted meanwhile. Trouble with one of them goes to the log.
     */
    default void trim() {
        // the files of a folder have no blocks of the pool
    }

    /** Looks at the pool's devices anew: space that they have gained is used from here on. */
    default void takeGrowth() {
        // a folder always has its file system's space
    }

    /** Every volume, by name. An entry that cannot be a volume is left out, with a line in the log. */
    List<VolumeFacts> scan();

    /** One volume as it is now. @throws io.fairlead.kit.error.EngineException NO_STORAGE_VOLUME */
    VolumeFacts facts(String volume);

    /** Makes an empty volume. @throws io.fairlead.kit.error.EngineException STORAGE_VOLUME_EXISTS */
    VolumeFacts create(VolumeSpec spec);

    /**
     * Makes a volume with the content of another one of this pool. Neither sees later writes to the other; where the
     * pool can, they share their common content.
     *
     * @param spec its capacity is at least the origin's
     */
    VolumeFacts copy(VolumeSpec spec, String origin);

    /**
     * Sets the capacity. Content beyond a smaller one is lost, as the caller has asked.
     *
     * @param allocate whether to allocate the space at once
     */
    VolumeFacts resize(String volume, long capacityBytes, boolean allocate);

    /**
     * Grows the file system on a file or a raw volume to the volume's size, while a guest has it mounted. It waits
     * while a file system is frozen, so a thread that thaws one must not wait for the caller.
     */
    void fillMounted(String volume);

    /**
     * Makes a volume, raw or an image, with the content of an image.
     *
     * @param from the topmost first, then its backing files; files of any pool
     * @throws io.fairlead.kit.error.EngineException CONFIG_UNSUPPORTED where there are no images
     */
    default VolumeFacts convert(VolumeSpec spec, List<ImageLayer> from) {
        throw StorageErrors.of(
                ErrorCode.CONFIG_UNSUPPORTED, "this pool makes no volume of an image: raw volumes and trees only");
    }

    /** As {@link #resize}, of an image. @param image the volume's file first, then its backing files */
    default VolumeFacts resizeImage(String volume, List<ImageLayer> image, long capacityBytes) {
        throw StorageErrors.unsupported("this pool has no images");
    }

    /** Overwrites the content with zeros; the volume keeps its size. */
    void wipe(String volume);

    /** Overwrites the content by the program scrub. @param pattern a name of its */
    default void scrub(String volume, String pattern) {
        throw StorageErrors.unsupported("volumes of this pool are wiped with zeros only");
    }

    /**
     * Frozen contents of this pool's volumes.
     *
     * @throws io.fairlead.kit.error.EngineException NO_SUPPORT if it cannot have any
     */
    default VolumeSnapshots snapshots() {
        throw StorageErrors.unsupported("this pool keeps no snapshots of its volumes");
    }

    /**
     * Contents that never change, of which trees are composed.
     *
     * @throws io.fairlead.kit.error.EngineException NO_SUPPORT if it cannot have any
     */
    default LayerStore layers() {
        throw StorageErrors.unsupported("this pool keeps no layers of images");
    }

    /**
     * Deletes the volume for good, and its snapshots.
     *
     * @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY while it is in use
     */
    void delete(String volume);

    /** The bytes of a volume. @throws io.fairlead.kit.error.EngineException for a tree of files, which has none */
    VolumeContent open(String volume, boolean forWriting);

    /**
     * Makes the volume usable at the returned path: mounts a tree, makes a device node. Harmless when it is already.
     */
    Path activate(String volume);

    /**
     * Undoes {@link #activate}. Harmless when it is not.
     *
     * @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY
     */
    void deactivate(String volume);

    /** Takes the pool down; its volumes stay. @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY */
    void stop();

    /**
     * The daemon ends: closes everything it holds open. The pool and its active volumes stay up for the next daemon.
     * This is the last call, but nothing is lost without it.
     */
    default void leave() {
        // a folder is not held
    }
}

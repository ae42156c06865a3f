package io.fairlead.storage.driver;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** Refusals that more than one place has, in the words of libvirt's storage driver. */
public final class StorageErrors {
    private StorageErrors() {}

    public static EngineException of(ErrorCode code, String message) {
        return new EngineException(code, ErrorDomain.STORAGE, message, null);
    }

    /** A system call or a program failed: {@code cannot create volume 'x': No space left on device}. */
    public static EngineException failed(String what, IOException cause) {
        return new EngineException(
                ErrorCode.SYSTEM_ERROR,
                ErrorDomain.STORAGE,
                "cannot %s: %s".formatted(what, FailureWords.of(cause, what)),
                cause);
    }

    /** A pool's folder cannot be removed; in libvirt's words. */
    public static EngineException notRemoved(Path folder, IOException cause) {
        String words = FailureWords.of(cause, folder.toString());
        String message = "failed to remove pool '%s': %s".formatted(folder, words);
        return new EngineException(ErrorCode.SYSTEM_ERROR, ErrorDomain.STORAGE, message, cause);
    }

    /** Another pool lies there. */
    public static EngineException conflict(String pool) {
        return of(ErrorCode.OPERATION_FAILED, "Storage source conflict with pool: '%s'".formatted(pool));
    }

    public static EngineException noVolume(String name) {
        return of(ErrorCode.NO_STORAGE_VOLUME, "no storage vol with matching name '%s'".formatted(name));
    }

    public static EngineException volumeExists(String name) {
        return of(ErrorCode.STORAGE_VOLUME_EXISTS, "'%s'".formatted(name));
    }

    public static EngineException noSnapshot(String volume, String snapshot) {
        return of(ErrorCode.NO_STORAGE_VOLUME, "volume '%s' has no snapshot '%s'".formatted(volume, snapshot));
    }

    public static EngineException snapshotExists(String volume, String snapshot) {
        return of(ErrorCode.STORAGE_VOLUME_EXISTS, "volume '%s' has a snapshot '%s'".formatted(volume, snapshot));
    }

    public static EngineException noLayer(String layer) {
        return of(ErrorCode.NO_STORAGE_VOLUME, "no layer '%s'".formatted(layer));
    }

    public static EngineException layerExists(String layer) {
        return of(ErrorCode.STORAGE_VOLUME_EXISTS, "layer '%s' exists".formatted(layer));
    }

    public static EngineException layerBusy(String layer, String why) {
        return of(ErrorCode.RESOURCE_BUSY, "layer '%s' is in use: %s".formatted(layer, why));
    }

    public static EngineException layersBusy() {
        return of(ErrorCode.RESOURCE_BUSY, "a layer of the pool is being made, used or deleted");
    }

    /** Only trees can be frozen as layers, and made from them. */
    public static EngineException noTree(String volume) {
        return of(ErrorCode.OPERATION_INVALID, "volume '%s' is bytes, not a tree of files".formatted(volume));
    }

    public static EngineException volumeBusy(String name) {
        return of(ErrorCode.RESOURCE_BUSY, "volume '%s' is in use".formatted(name));
    }

    public static EngineException noPool(UUID uuid, String name) {
        return of(ErrorCode.NO_STORAGE_POOL, "no storage pool with matching uuid '%s' (%s)".formatted(uuid, name));
    }

    public static EngineException noPool(String name) {
        return of(ErrorCode.NO_STORAGE_POOL, "no storage pool with matching name '%s'".formatted(name));
    }

    public static EngineException notActive(String pool) {
        return of(ErrorCode.OPERATION_INVALID, "storage pool '%s' is not active".formatted(pool));
    }

    public static EngineException noDiscovery(String type) {
        return unsupported("pool type '%s' does not support source discovery".formatted(type));
    }

    public static EngineException unsupported(String what) {
        return of(ErrorCode.NO_SUPPORT, what);
    }
}

package io.fairlead.storage.driver;

import io.fairlead.kit.error.ErrorCode;

/** The rules for names of volumes: one part of a path, and nothing that shells, logs or our own files trip over. */
public final class VolumeNames {
    /** The most bytes a name has on Linux file systems (NAME_MAX). */
    private static final int BYTES_MAX = 255;

    /** Files and folders of ours in a pool begin with this; no volume does. */
    public static final String RESERVED_PREFIX = ".fairlead";

    private VolumeNames() {}

    /** A snapshot's id becomes part of a path, too. @throws io.fairlead.kit.error.EngineException INVALID_ARG */
    public static void checkSnapshot(String id) {
        if (!id.matches(VolumeSnapshots.ID_PATTERN)) {
            throw StorageErrors.of(
                    ErrorCode.INVALID_ARG,
                    "snapshot id '%s' is not allowed (expected: %s)".formatted(id, VolumeSnapshots.ID_PATTERN));
        }
    }

    /** So does a layer's. @throws io.fairlead.kit.error.EngineException INVALID_ARG */
    public static void checkLayer(String id) {
        if (!id.matches(LayerStore.ID_PATTERN)) {
            throw StorageErrors.of(
                    ErrorCode.INVALID_ARG,
                    "layer id '%s' is not allowed (expected: %s)".formatted(id, LayerStore.ID_PATTERN));
        }
    }

    /** @throws io.fairlead.kit.error.EngineException with libvirt's words where it refuses the same */
    public static void check(String name) {
        if (name.isEmpty()) {
            throw StorageErrors.of(ErrorCode.XML_ERROR, "missing volume name element");
        }
        if (name.indexOf('/') >= 0) {
            throw StorageErrors.of(ErrorCode.OPERATION_INVALID, "volume name '%s' cannot contain '/'".formatted(name));
        }
        if (name.equals(".") || name.equals("..") || name.startsWith(RESERVED_PREFIX)) {
            throw StorageErrors.of(ErrorCode.OPERATION_INVALID, "volume name '%s' is not allowed".formatted(name));
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw StorageErrors.of(ErrorCode.XML_ERROR, "volume name holds a control character");
        }
        if (name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_FAILED, "volume name is longer than %d bytes".formatted(BYTES_MAX));
        }
    }
}

package io.fairlead.storage.driver;

import static java.util.Objects.requireNonNull;

import io.fairlead.storage.image.ImageOptions;

/**
 * A volume to be made.
 *
 * @param capacityBytes how much fits in; for a tree of files, 0 for no limit
 * @param allocationBytes how much of it to allocate at once, at most the capacity
 * @param format {@code raw}, {@code dir} for a tree of files, or that of an image, such as {@code qcow2}
 * @param image how to make an image; without meaning for others
 */
public record VolumeSpec(
        String name,
        long capacityBytes,
        long allocationBytes,
        String format,
        Permissions permissions,
        ImageOptions image) {
    public static final String RAW = "raw";
    public static final String TREE = "dir";

    public VolumeSpec(String name, long capacityBytes, long allocationBytes, String format, Permissions permissions) {
        this(name, capacityBytes, allocationBytes, format, permissions, ImageOptions.NONE);
    }

    public VolumeSpec {
        VolumeNames.check(name);
        requireNonNull(format, "format");
        requireNonNull(permissions, "permissions");
        if (capacityBytes < 0 || allocationBytes < 0) {
            throw new IllegalArgumentException("capacityBytes, allocationBytes: %d, %d (expected: 0 or more)"
                    .formatted(capacityBytes, allocationBytes));
        }
    }

    /** Whether a container would see its bytes unchanged. */
    public boolean isRaw() {
        return format.equals(RAW);
    }

    public boolean isTree() {
        return format.equals(TREE);
    }
}

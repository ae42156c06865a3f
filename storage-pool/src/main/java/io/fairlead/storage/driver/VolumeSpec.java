package io.fairlead.storage.driver;

import static java.util.Objects.requireNonNull;

/**
 * A volume to be made.
 *
 * @param capacityBytes how much fits in; for a tree of files, 0 for no limit
 * @param allocationBytes how much of it is to be there at once, at most the capacity
 * @param format {@code raw}, or {@code dir} for a tree of files
 */
public record VolumeSpec(
        String name, long capacityBytes, long allocationBytes, String format, Permissions permissions) {
    public static final String RAW = "raw";
    public static final String TREE = "dir";

    public VolumeSpec {
        VolumeNames.check(name);
        requireNonNull(format, "format");
        requireNonNull(permissions, "permissions");
        if (capacityBytes < 0 || allocationBytes < 0) {
            throw new IllegalArgumentException("capacityBytes, allocationBytes: %d, %d (expected: 0 or more)"
                    .formatted(capacityBytes, allocationBytes));
        }
    }

    public boolean isTree() {
        return format.equals(TREE);
    }
}

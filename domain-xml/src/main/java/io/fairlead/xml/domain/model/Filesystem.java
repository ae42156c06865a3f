package io.fairlead.xml.domain.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code <filesystem>}.
 *
 * @param driver driver type: loop, nbd, path...
 * @param format image format of a file, such as raw
 * @param source directory, file, device or template name; empty for ram
 * @param usageBytes size of a ram file system, 0 for others
 */
public record Filesystem(
        Type type,
        String accessMode,
        Optional<String> driver,
        Optional<String> format,
        String source,
        Optional<VolumeSource> volume,
        long usageBytes,
        String target,
        boolean readonly,
        OptionalLong spaceHardLimitBytes,
        OptionalLong spaceSoftLimitBytes) {
    public enum Type {
        MOUNT,
        BIND,
        FILE,
        BLOCK,
        RAM,
        TEMPLATE,
        VOLUME
    }

    /** Whether this is the container's root. */
    public boolean isRoot() {
        return target.equals("/");
    }
}

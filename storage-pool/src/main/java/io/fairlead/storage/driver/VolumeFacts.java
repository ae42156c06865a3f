package io.fairlead.storage.driver;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A volume as it was found.
 *
 * @param key names it among all volumes of the host, for as long as it lives
 * @param path where a user finds it
 * @param format {@code raw}, {@code dir}, or another that was recognised, such as {@code qcow2}
 * @param mode permissions only
 * @param times empty while it lies in nothing that has any
 * @param origin the volume it is based on, when it still is
 */
public record VolumeFacts(
        String name,
        VolumeKind kind,
        String key,
        Path path,
        long capacityBytes,
        long allocationBytes,
        String format,
        int mode,
        int owner,
        int group,
        Optional<VolumeTimes> times,
        Optional<Path> origin) {
    /** The same at another path, which is its key, too. */
    public VolumeFacts at(Path other) {
        return other.equals(path)
                ? this
                : new VolumeFacts(
                        name,
                        kind,
                        other.toString(),
                        other,
                        capacityBytes,
                        allocationBytes,
                        format,
                        mode,
                        owner,
                        group,
                        times,
                        origin);
    }

    public VolumeFacts {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(key, "key");
        requireNonNull(path, "path");
        requireNonNull(format, "format");
        requireNonNull(times, "times");
        requireNonNull(origin, "origin");
    }
}

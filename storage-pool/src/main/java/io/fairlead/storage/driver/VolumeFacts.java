package io.fairlead.storage.driver;

import static java.util.Objects.requireNonNull;

import io.fairlead.storage.image.ImageFacts;
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
 * @param physicalBytes the length of its file; the capacity where it is none
 * @param image what its file's header says, unless it is raw
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
        Optional<Path> origin,
        long physicalBytes,
        Optional<ImageFacts> image) {
    /** One whose bytes are its content. */
    public VolumeFacts(
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
        this(
                name,
                kind,
                key,
                path,
                capacityBytes,
                allocationBytes,
                format,
                mode,
                owner,
                group,
                times,
                origin,
                capacityBytes,
                Optional.empty());
    }

    /** The same file, with an image in it. */
    public VolumeFacts with(ImageFacts found) {
        boolean sized = found.capacityBytes() > 0;
        return new VolumeFacts(
                name,
                kind,
                key,
                path,
                sized ? found.capacityBytes() : capacityBytes,
                allocationBytes,
                found.format(),
                mode,
                owner,
                group,
                times,
                origin,
                physicalBytes,
                Optional.of(found));
    }

    /** Whether its bytes are what a container would see, as those of a raw file are, and of a CD's image. */
    public boolean isPlain() {
        return image.isEmpty() || image.get().format().equals("iso");
    }

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
                        origin,
                        physicalBytes,
                        image);
    }

    public VolumeFacts {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(key, "key");
        requireNonNull(path, "path");
        requireNonNull(format, "format");
        requireNonNull(times, "times");
        requireNonNull(origin, "origin");
        requireNonNull(image, "image");
    }
}

package io.fairlead.storage.driver;

import static java.util.Objects.requireNonNull;

import io.fairlead.storage.image.ImageFacts;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A volume as it was found.
 *
 * @param key unique among all volumes of the host, the same for the volume's whole life
 * @param path where a user finds it
 * @param format {@code raw}, {@code dir}, or another that was recognised, such as {@code qcow2}
 * @param mode permissions only
 * @param times empty for a volume without a file or node that keeps times
 * @param origin the volume it is based on, while it still is
 * @param physicalBytes the length of its file; the capacity of a volume that is no file
 * @param image the facts in its file's header, unless it is raw
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
    /** A volume whose bytes are its content. */
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

    /** Whether a container would see its bytes unchanged, as with a raw file or a CD's image. */
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

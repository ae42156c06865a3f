package io.fairlead.storage.pool;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.image.ImageFacts;
import io.fairlead.storage.image.ImageLayer;
import io.fairlead.storage.image.ImageOptions;
import io.fairlead.xml.storage.VolumeImageElements;
import io.fairlead.xml.storage.VolumeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Questions of images to pools: an image's backing files, and the allowed options of a new one. */
final class Images {
    /** Those that libvirt knows (storagecommon.rng). */
    private static final Set<String> FORMATS = Set.of(
            "none", "raw", "dir", "bochs", "cloop", "dmg", "iso", "vpc", "vdi", "fat", "vhd", "ploop", "cow", "qcow",
            "qcow2", "qed", "vmdk");

    private static final int DEPTH_MAX = 64;

    private final VolumeLookups lookups;

    Images(VolumeLookups lookups) {
        this.lookups = lookups;
    }

    /** A relative path starts from the folder of the image; a path with a protocol stays as it is. */
    static String absolute(String path, VolumeFacts image) {
        boolean protocol = path.matches("(?s)[^/]*:.*");
        return path.startsWith("/") || protocol
                ? path
                : image.path().resolveSibling(path).normalize().toString();
    }

    /** The format for a new volume: a CD's image is a raw file, so it is made as one. */
    static String format(VolumeRequest request, String otherwise) {
        String format = request.format().filter(text -> !text.isEmpty()).orElse(otherwise);
        if (!FORMATS.contains(format)) {
            throw StorageErrors.of(ErrorCode.CONFIG_UNSUPPORTED, "unknown volume format type %s".formatted(format));
        }
        return format.equals("iso") ? VolumeSpec.RAW : format;
    }

    /** @throws EngineException in libvirt's words */
    ImageOptions options(VolumeRequest request, String format, boolean preallocateMetadata) {
        boolean qcow2 = format.equals("qcow2");
        VolumeImageElements wanted = request.image();
        if (wanted.compat().isPresent() && !qcow2) {
            throw unsupported("compatibility option only available with qcow2");
        }
        if (wanted.features().filter(list -> !list.isEmpty()).isPresent() && !qcow2) {
            throw unsupported("format features only available with qcow2");
        }
        String compat = wanted.compat().orElse(ImageOptions.OLDEST);
        boolean lazy = wanted.features()
                .filter(list -> list.contains(VolumeImageElements.LAZY_REFCOUNTS))
                .isPresent();
        if (lazy && compat.equals(ImageOptions.OLDEST)) {
            throw unsupported("lazy_refcounts not supported with compat level %s".formatted(compat));
        }
        boolean plain = format.equals(VolumeSpec.RAW) || format.equals(VolumeSpec.TREE);
        if (preallocateMetadata && !plain && !qcow2) {
            throw unsupported("metadata preallocation only available with qcow2");
        }
        if (preallocateMetadata && request.backingStore().isPresent()) {
            throw unsupported("metadata preallocation conflicts with backing store");
        }
        return new ImageOptions(Optional.empty(), compat, lazy, wanted.clusterBytes(), preallocateMetadata && qcow2);
    }

    /** The backing file of a new image. Refusals are in libvirt's words where libvirt refuses the same. */
    Optional<ImageFacts.Backing> backing(VolumeRequest request, String format) {
        if (request.backingStore().isEmpty()) {
            return Optional.empty();
        }
        if (format.equals(VolumeSpec.RAW) || format.equals(VolumeSpec.TREE)) {
            throw StorageErrors.unsupported("backing storage not supported for %s volumes"
                    .formatted(format.equals(VolumeSpec.RAW) ? "raw" : "directories"));
        }
        if (!Set.of("qcow", "qcow2", "qed", "vmdk").contains(format)) {
            throw unsupported("a volume of format '%s' cannot have a backing store".formatted(format));
        }
        String path = request.backingStore().get();
        String below = request.backingFormat().filter(text -> !text.isEmpty()).orElse(VolumeSpec.RAW);
        if (!FORMATS.contains(below)) {
            throw unsupported("unknown volume format type %s".formatted(below));
        }
        Optional<VolumeFacts> facts = volume(path);
        if (facts.isEmpty() && !Files.isRegularFile(Path.of(path))) {
            throw StorageErrors.of(ErrorCode.SYSTEM_ERROR, "inaccessible backing store volume %s".formatted(path));
        }
        if (facts.filter(found -> !below.equals(VolumeSpec.RAW) && !below.equals(found.format()))
                .isPresent()) {
            throw StorageErrors.of(
                    ErrorCode.INTERNAL_ERROR, "backing store volume %s is not in %s format".formatted(path, below));
        }
        return Optional.of(new ImageFacts.Backing(
                facts.map(found -> found.path().toString()).orElse(path), below));
    }

    /**
     * The size of the disk in a backing store; empty for a backing store that is no volume, since we do not read those.
     */
    Optional<Long> capacity(ImageFacts.Backing backing) {
        return volume(backing.path())
                .map(facts -> backing.format().equals(VolumeSpec.RAW) ? facts.physicalBytes() : facts.capacityBytes());
    }

    private Optional<VolumeFacts> volume(String path) {
        Volume volume;
        try {
            volume = lookups.byPath(path);
        } catch (EngineException e) {
            return Optional.empty();
        }
        return Optional.of(volume.pool().active().backend().facts(volume.facts().name()))
                .filter(facts -> facts.kind() == VolumeKind.FILE);
    }

    /**
     * A volume's file and those below it, each of which has to be a volume of an active pool: an image's header may
     * name any file of the host, and the client that brought the image must not get to see that file.
     *
     * @throws EngineException OPERATION_INVALID for any other
     */
    List<ImageLayer> chain(Volume volume) {
        List<ImageLayer> layers = new ArrayList<>();
        Volume at = volume;
        PoolBackend backend = at.pool().active().backend();
        VolumeFacts facts = backend.facts(at.facts().name());
        String format = facts.isPlain() ? VolumeSpec.RAW : facts.format();
        while (true) {
            layers.add(new ImageLayer(file(backend, facts), format));
            Optional<ImageFacts> image =
                    facts.image().filter(found -> !found.format().equals("iso"));
            if (format.equals(VolumeSpec.RAW) || image.isEmpty()) {
                return layers;
            }
            requireWhole(facts.name(), image.get());
            if (image.get().backing().isEmpty()) {
                return layers;
            }
            if (layers.size() > DEPTH_MAX) {
                throw StorageErrors.of(
                        ErrorCode.OPERATION_INVALID,
                        "volume '%s' has more than %d layers"
                                .formatted(volume.facts().name(), DEPTH_MAX));
            }
            ImageFacts.Backing below = image.get().backing().get();
            at = below(facts, below);
            backend = at.pool().active().backend();
            String upper = facts.name();
            facts = backend.facts(at.facts().name());
            format = below.format();
            requireFormat(upper, facts, format);
        }
    }

    private static void requireWhole(String name, ImageFacts image) {
        if (image.elsewhere() || image.encrypted()) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID,
                    "the content of volume '%s' %s"
                            .formatted(name, image.encrypted() ? "is encrypted" : "lies in another file"));
        }
    }

    private static void requireFormat(String upper, VolumeFacts lower, String format) {
        if (!format.equals(VolumeSpec.RAW) && !format.equals(lower.format())) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID,
                    "volume '%s' has a backing store '%s' of format '%s', which it is not"
                            .formatted(upper, lower.name(), format));
        }
    }

    private Volume below(VolumeFacts image, ImageFacts.Backing below) {
        String path = absolute(below.path(), image);
        Volume found;
        try {
            found = lookups.byPath(path);
        } catch (EngineException e) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID,
                    "volume '%s' has a backing store '%s', which is no volume of an active pool: it is not read"
                            .formatted(image.name(), path));
        }
        if (found.facts().kind() != VolumeKind.FILE) {
            throw unsupported("volume '%s' has a backing store that is no file".formatted(image.name()));
        }
        return found;
    }

    private static Path file(PoolBackend backend, VolumeFacts facts) {
        return backend.folder().map(folder -> folder.resolve(facts.name())).orElse(facts.path());
    }

    private static EngineException unsupported(String message) {
        return StorageErrors.of(ErrorCode.CONFIG_UNSUPPORTED, message);
    }
}

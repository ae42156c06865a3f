package io.fairlead.storage.pool;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.event.EventBus;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.driver.VolumeNames;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.image.ImageFacts;
import io.fairlead.storage.image.ImageOptions;
import io.fairlead.xml.storage.VolumeRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Making, changing and deleting volumes. */
@SuppressWarnings("try") // the variable only holds the lock
public final class Volumes {
    private static final Logger LOG = LoggerFactory.getLogger(Volumes.class);
    private static final int COPY_BYTES = 1 << 20;

    /** The new size of a volume, or the difference to the old one. */
    public enum Change {
        TO,
        GROW_BY,
        SHRINK_BY
    }

    private final GuestVolumes guests;
    private final PoolRegistry registry;
    private final Images images;
    private final EventBus events;

    Volumes(GuestVolumes guests, PoolRegistry registry, VolumeLookups lookups, EventBus events) {
        this.guests = guests;
        this.registry = registry;
        this.images = new Images(lookups);
        this.events = events;
    }

    public Volume create(Pool pool, VolumeRequest request) {
        return create(pool, request, false);
    }

    /** @param preallocateMetadata of an image that has such */
    public Volume create(Pool pool, VolumeRequest request, boolean preallocateMetadata) {
        VolumeNames.check(request.name());
        refuseEncryption(request);
        String format = Images.format(request, VolumeSpec.RAW);
        ImageOptions options = images.options(request, format, preallocateMetadata);
        Optional<ImageFacts.Backing> backing = images.backing(request, format);
        long capacity = request.capacityBytes().orElseGet(() -> backing.flatMap(images::capacity)
                .orElseThrow(() -> StorageErrors.of(ErrorCode.XML_ERROR, "missing capacity element")));
        VolumeSpec spec = spec(request, capacity, format, options.on(backing));
        try (VolumeJobs.Hold hold = pool.volumeJobs().change(spec.name())) {
            return made(pool, backend(pool).create(spec));
        }
    }

    /** libvirt enlarges a raw volume whose requested allocation exceeds its capacity. */
    private static VolumeSpec spec(VolumeRequest request, long capacity, String format, ImageOptions options) {
        long allocation = request.allocationBytes().orElse(capacity);
        boolean plain = format.equals(VolumeSpec.RAW) || format.equals(VolumeSpec.TREE);
        return new VolumeSpec(
                request.name(),
                plain ? Math.max(capacity, allocation) : capacity,
                plain ? allocation : 0,
                format,
                PoolSpecs.permissions(request.permissions()),
                options);
    }

    private static void refuseEncryption(VolumeRequest request) {
        if (request.encrypted()) {
            throw StorageErrors.unsupported("volume '%s' cannot be encrypted".formatted(request.name()));
        }
    }

    /**
     * Makes a volume with the content of another one, in the same pool or another. The copy has no backing file, even
     * if the original has one.
     */
    public Volume copy(Pool pool, VolumeRequest request, Volume origin) {
        VolumeNames.check(request.name());
        refuseEncryption(request);
        if (pool.active().volumes().containsKey(request.name())) {
            throw StorageErrors.of(
                    ErrorCode.INTERNAL_ERROR, "storage volume name '%s' already in use.".formatted(request.name()));
        }
        VolumeFacts from = look(origin);
        String format = Images.format(request, from.format());
        boolean asItIs = from.image().flatMap(ImageFacts::backing).isEmpty()
                && (from.isPlain() ? isPlain(format) : format.equals(from.format()));
        if (!asItIs) {
            return convert(pool, request, origin, format);
        }
        return pool == origin.pool() ? copyWithin(pool, request, origin) : copyAcross(pool, request, origin);
    }

    private static boolean isPlain(String format) {
        return format.equals(VolumeSpec.RAW) || format.equals(VolumeSpec.TREE);
    }

    private Volume convert(Pool pool, VolumeRequest request, Volume origin, String format) {
        if (origin.facts().kind() != VolumeKind.FILE || format.equals(VolumeSpec.TREE)) {
            throw StorageErrors.of(
                    ErrorCode.CONFIG_UNSUPPORTED,
                    "volume '%s' cannot become one of format '%s'"
                            .formatted(origin.facts().name(), format));
        }
        ImageOptions options = images.options(request, format, false);
        try (VolumeJobs.Hold reading = origin.pool() == pool
                        ? () -> {}
                        : origin.pool().volumeJobs().read(origin.facts().name());
                VolumeJobs.Hold making = origin.pool() == pool
                        ? pool.volumeJobs().copy(origin.facts().name(), request.name())
                        : pool.volumeJobs().change(request.name())) {
            VolumeSpec spec = new VolumeSpec(
                    request.name(),
                    look(origin).capacityBytes(),
                    0,
                    format,
                    PoolSpecs.permissions(request.permissions()),
                    options);
            return made(pool, backend(pool).convert(spec, images.chain(origin)));
        }
    }

    private Volume copyWithin(Pool pool, VolumeRequest request, Volume origin) {
        try (VolumeJobs.Hold hold = pool.volumeJobs().copy(origin.facts().name(), request.name())) {
            VolumeFacts from = backend(pool).facts(origin.facts().name());
            return made(pool, backend(pool).copy(copySpec(request, from), from.name()));
        }
    }

    /** An image is copied as the file that it is. */
    private static VolumeSpec copySpec(VolumeRequest request, VolumeFacts from) {
        long capacity = from.isPlain()
                ? Math.max(request.capacityBytes().orElse(0), from.capacityBytes())
                : from.physicalBytes();
        String format = from.kind() == VolumeKind.DIRECTORY ? VolumeSpec.TREE : VolumeSpec.RAW;
        return new VolumeSpec(request.name(), capacity, 0, format, PoolSpecs.permissions(request.permissions()));
    }

    private Volume copyAcross(Pool pool, VolumeRequest request, Volume origin) {
        String from = origin.facts().name();
        try (VolumeJobs.Hold reading = origin.pool().volumeJobs().read(from);
                VolumeJobs.Hold making = pool.volumeJobs().change(request.name())) {
            PoolBackend source = backend(origin.pool());
            PoolBackend target = backend(pool);
            try (VolumeContent content = source.open(from, false)) {
                VolumeFacts made = target.create(copySpec(request, source.facts(from)));
                try (VolumeContent into = target.open(made.name(), true)) {
                    fill(content, into);
                } catch (IOException | RuntimeException e) {
                    target.delete(made.name());
                    throw e;
                }
            } catch (IOException e) {
                throw StorageErrors.failed("copy volume '%s' to '%s'".formatted(from, request.name()), e);
            }
            return made(pool, target.facts(request.name()));
        }
    }

    private static void fill(VolumeContent from, VolumeContent into) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(COPY_BYTES);
        for (long at = from.nextData(0); at < from.sizeBytes(); at = from.nextData(at)) {
            long end = Math.min(from.nextHole(at), at + COPY_BYTES);
            piece.clear().limit((int) (end - at));
            from.read(at, piece);
            into.write(at, piece.flip());
            at = end;
        }
        into.sync();
    }

    /** @throws EngineException INVALID_ARG for a size below the present one, as with libvirt */
    public void resize(Volume volume, long bytes, Change change, boolean allocate, boolean mayShrink) {
        Pool pool = volume.pool();
        String name = volume.facts().name();
        try (VolumeJobs.Hold hold = pool.volumeJobs().change(name)) {
            VolumeFacts now = backend(pool).facts(name);
            long capacity = capacity(now.capacityBytes(), bytes, change);
            if (capacity < now.allocationBytes()) {
                throw StorageErrors.of(ErrorCode.INVALID_ARG, "can't shrink capacity below existing allocation");
            }
            if (capacity < now.capacityBytes()) {
                guests.requireFree(pool, name);
            }
            if (capacity < now.capacityBytes() && !mayShrink) {
                throw StorageErrors.of(
                        ErrorCode.INVALID_ARG,
                        "Can't shrink capacity below current capacity unless shrink flag explicitly specified");
            }
            try {
                known(pool, resized(volume, now, capacity, allocate));
            } catch (EngineException e) {
                lookAgain(pool, name, e); // it may have grown, and only the file system on it not
                throw e;
            }
        }
        if (guests.isHeld(pool, name)) {
            backend(pool).fillMounted(name);
        }
    }

    private VolumeFacts resized(Volume volume, VolumeFacts now, long capacity, boolean allocate) {
        PoolBackend backend = backend(volume.pool());
        if (now.isPlain()) {
            return backend.resize(now.name(), capacity, allocate);
        }
        if (allocate) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_UNSUPPORTED, "preallocate is only supported for raw type volume");
        }
        return backend.resizeImage(now.name(), images.chain(volume), capacity);
    }

    private void lookAgain(Pool pool, String name, EngineException failure) {
        try {
            known(pool, backend(pool).facts(name));
        } catch (EngineException e) {
            failure.addSuppressed(e);
        }
    }

    private static long capacity(long now, long bytes, Change change) {
        if (bytes < 0) {
            throw StorageErrors.of(
                    ErrorCode.INVALID_ARG, "capacity of %s bytes".formatted(Long.toUnsignedString(bytes)));
        }
        return switch (change) {
            case TO -> bytes;
            case SHRINK_BY -> now - Math.min(bytes, now);
            case GROW_BY -> {
                if (bytes > Long.MAX_VALUE - now) {
                    throw StorageErrors.of(ErrorCode.INVALID_ARG, "capacity grows beyond what can be counted");
                }
                yield now + bytes;
            }
        };
    }

    /** @param scrubbing the pattern, for the program of that name; empty for zeros */
    public void wipe(Volume volume, Optional<String> scrubbing) {
        Pool pool = volume.pool();
        String name = volume.facts().name();
        try (VolumeJobs.Hold hold = pool.volumeJobs().change(name)) {
            guests.requireFree(pool, name);
            PoolBackend backend = backend(pool);
            scrubbing.ifPresentOrElse(pattern -> backend.scrub(name, pattern), () -> backend.wipe(name));
            known(pool, backend(pool).facts(name));
        }
    }

    /**
     * Deletes a volume; one that is gone already is forgotten.
     *
     * @param withSnapshots whether contents kept for snapshots of domains go, too
     * @param zeroed whether to overwrite it first
     */
    public void delete(Volume volume, boolean withSnapshots, boolean zeroed) {
        Pool pool = volume.pool();
        String name = volume.facts().name();
        try (VolumeJobs.Hold hold = pool.volumeJobs().change(name)) {
            guests.requireFree(pool, name);
            PoolConflicts.requireNoneIn(pool, name, registry);
            PoolBackend backend = backend(pool);
            try {
                deleteThere(backend, name, withSnapshots, zeroed);
            } catch (EngineException e) {
                if (e.code() != ErrorCode.NO_STORAGE_VOLUME) {
                    throw e;
                }
                LOG.warn("volume '{}' of pool '{}' was gone before it was deleted", name, pool.name());
            }
            pool.remove(name, backend.usage());
            publish(pool, name, VolumeEvent.Change.DELETED);
        }
    }

    private static void deleteThere(PoolBackend backend, String name, boolean withSnapshots, boolean zeroed) {
        backend.facts(name);
        int kept = withSnapshots ? 0 : backend.snapshots().of(name).size();
        if (kept > 0) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_INVALID,
                    "volume '%s' has %d snapshots; delete them first, or with it".formatted(name, kept));
        }
        if (zeroed) {
            backend.wipe(name);
        }
        backend.delete(name);
    }

    private Volume made(Pool pool, VolumeFacts facts) {
        Volume volume = known(pool, facts);
        publish(pool, facts.name(), VolumeEvent.Change.CREATED);
        return volume;
    }

    /** Called with the volume's job held, which keeps its events in order. */
    private void publish(Pool pool, String volume, VolumeEvent.Change change) {
        events.publish(new VolumeEvent(pool.uuid(), pool.name(), volume, change));
    }

    /** The volume as it is now, by the driver's word. */
    public VolumeFacts look(Volume volume) {
        return backend(volume.pool()).facts(volume.facts().name());
    }

    /** The pool may have been stopped while we waited. */
    private static PoolBackend backend(Pool pool) {
        return pool.active().backend();
    }

    static Volume known(Pool pool, VolumeFacts facts) {
        PoolUsage usage = backend(pool).usage();
        pool.put(facts, usage);
        return new Volume(pool, facts);
    }
}

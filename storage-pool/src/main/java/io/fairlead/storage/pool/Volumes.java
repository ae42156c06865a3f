package io.fairlead.storage.pool;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeNames;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.xml.storage.VolumeRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Making, changing and deleting volumes. */
@SuppressWarnings("try") // a hold is had, not used
public final class Volumes {
    private static final Logger LOG = LoggerFactory.getLogger(Volumes.class);
    private static final int COPY_BYTES = 1 << 20;

    /** The size a volume is to have, or how much it is to differ. */
    public enum Change {
        TO,
        GROW_BY,
        SHRINK_BY
    }

    private final GuestVolumes guests;
    private final PoolRegistry registry;

    Volumes(GuestVolumes guests, PoolRegistry registry) {
        this.guests = guests;
        this.registry = registry;
    }

    public Volume create(Pool pool, VolumeRequest request) {
        VolumeNames.check(request.name());
        refuseWhatIsNotForContainers(request);
        long capacity = request.capacityBytes()
                .orElseThrow(() -> StorageErrors.of(ErrorCode.XML_ERROR, "missing capacity element"));
        VolumeSpec spec = spec(request, capacity, request.allocationBytes().orElse(capacity), VolumeSpec.RAW);
        try (VolumeJobs.Hold hold = pool.volumeJobs().change(spec.name())) {
            return known(pool, backend(pool).create(spec));
        }
    }

    /** libvirt makes a volume larger that was asked to have more allocation than capacity. */
    private static VolumeSpec spec(VolumeRequest request, long capacity, long allocation, String format) {
        return new VolumeSpec(
                request.name(),
                Math.max(capacity, allocation),
                allocation,
                request.format().orElse(format),
                PoolSpecs.permissions(request.permissions()));
    }

    private static void refuseWhatIsNotForContainers(VolumeRequest request) {
        if (request.encrypted()) {
            throw StorageErrors.unsupported("volumes cannot be encrypted");
        }
        if (request.backingStore().isPresent()) {
            throw StorageErrors.unsupported(
                    "a volume with a backing store: copy the origin, which takes no space where the pool can share");
        }
    }

    /** Makes a volume with another one's content, in the same pool or another. */
    public Volume copy(Pool pool, VolumeRequest request, Volume origin) {
        VolumeNames.check(request.name());
        refuseWhatIsNotForContainers(request);
        if (pool.active().volumes().containsKey(request.name())) {
            throw StorageErrors.of(
                    ErrorCode.INTERNAL_ERROR, "storage volume name '%s' already in use.".formatted(request.name()));
        }
        return pool == origin.pool() ? copyWithin(pool, request, origin) : copyAcross(pool, request, origin);
    }

    private Volume copyWithin(Pool pool, VolumeRequest request, Volume origin) {
        try (VolumeJobs.Hold hold = pool.volumeJobs().copy(origin.facts().name(), request.name())) {
            VolumeFacts from = backend(pool).facts(origin.facts().name());
            return known(pool, backend(pool).copy(copySpec(request, from), from.name()));
        }
    }

    private static VolumeSpec copySpec(VolumeRequest request, VolumeFacts from) {
        long capacity = Math.max(request.capacityBytes().orElse(0), from.capacityBytes());
        return new VolumeSpec(request.name(), capacity, 0, from.format(), PoolSpecs.permissions(request.permissions()));
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
            return known(pool, target.facts(request.name()));
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

    /** @throws EngineException INVALID_ARG for a size below what is there, as libvirt has it */
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
                known(pool, backend(pool).resize(name, capacity, allocate));
            } catch (EngineException e) {
                lookAgain(pool, name, e); // it may have grown, and only the file system on it not
                throw e;
            }
        }
        if (guests.isHeld(pool, name)) {
            backend(pool).fillMounted(name);
        }
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

    public void wipe(Volume volume) {
        Pool pool = volume.pool();
        String name = volume.facts().name();
        try (VolumeJobs.Hold hold = pool.volumeJobs().change(name)) {
            guests.requireFree(pool, name);
            backend(pool).wipe(name);
            known(pool, backend(pool).facts(name));
        }
    }

    /**
     * One that somebody else has deleted meanwhile is forgotten.
     *
     * @param withSnapshots whether what snapshots of domains keep of it goes, too
     * @param zeroed whether to overwrite it before
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

    /** As it is now, which the driver is asked for. */
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

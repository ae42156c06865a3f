package io.fairlead.storage.pool;

import io.fairlead.core.volume.MountSpec;
import io.fairlead.core.volume.VolumeSnapshotter;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSnapshots;
import io.fairlead.xml.domain.model.VolumeSource;
import java.util.UUID;

/**
 * Work on volumes for snapshots of domains: finds the pool, keeps other changes away meanwhile, and passes the work to
 * the pool's driver.
 */
@SuppressWarnings("try") // the variable only holds the lock
public final class PoolSnapshotter implements VolumeSnapshotter {
    private final PoolRegistry registry;
    private final VolumeLookups lookups;
    private final GuestVolumes guests;

    PoolSnapshotter(PoolRegistry registry, VolumeLookups lookups, GuestVolumes guests) {
        this.registry = registry;
        this.lookups = lookups;
        this.guests = guests;
    }

    @Override
    public boolean has(VolumeSource volume, String id) {
        Pool pool = poolWith(volume);
        return snapshots(pool).of(volume.volume()).contains(id);
    }

    @Override
    public void take(VolumeSource volume, String id) {
        Pool pool = poolWith(volume);
        // Its guest goes on having it, and others may read it.
        try (VolumeJobs.Hold hold = pool.volumeJobs().read(volume.volume())) {
            snapshots(pool).take(volume.volume(), id);
            look(pool, volume);
        }
    }

    @Override
    public void revert(VolumeSource volume, String id) {
        Pool pool = poolWith(volume);
        try (VolumeJobs.Hold hold = pool.volumeJobs().change(volume.volume())) {
            guests.requireFree(pool, volume.volume());
            snapshots(pool).revert(volume.volume(), id);
            look(pool, volume);
        }
    }

    @Override
    public void requireNoOther(VolumeSource volume, UUID guest) {
        guests.requireNoOther(volume, guest);
    }

    @Override
    public void delete(VolumeSource volume, String id) {
        Pool pool;
        try {
            pool = poolWith(volume);
        } catch (EngineException e) {
            if (e.code() == ErrorCode.NO_STORAGE_POOL || e.code() == ErrorCode.NO_STORAGE_VOLUME) {
                return;
            }
            throw e;
        }
        try (VolumeJobs.Hold hold = pool.volumeJobs().read(volume.volume())) {
            snapshots(pool).delete(volume.volume(), id);
            look(pool, volume);
        }
    }

    @Override
    public MountSpec.Kind kind(VolumeSource volume) {
        return GuestVolumes.kind(facts(volume).kind());
    }

    @Override
    public String path(VolumeSource volume) {
        return facts(volume).path().toString();
    }

    private VolumeFacts facts(VolumeSource volume) {
        return lookups.byName(registry.get(volume.pool()), volume.volume()).facts();
    }

    private Pool poolWith(VolumeSource volume) {
        Pool pool = registry.get(volume.pool());
        lookups.byName(pool, volume.volume());
        return pool;
    }

    private static VolumeSnapshots snapshots(Pool pool) {
        return pool.active().backend().snapshots();
    }

    private static void look(Pool pool, VolumeSource volume) {
        PoolBackend backend = pool.active().backend();
        Volumes.known(pool, backend.facts(volume.volume()));
    }
}

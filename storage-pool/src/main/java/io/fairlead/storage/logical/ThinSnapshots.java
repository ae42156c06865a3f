package io.fairlead.storage.logical;

import static io.fairlead.storage.logical.LogicalErrors.tried;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeNames;
import io.fairlead.storage.driver.VolumeSnapshots;
import io.fairlead.thin.ThinDevice;
import io.fairlead.thin.ThinPool;
import io.fairlead.thin.ThinRole;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Snapshots as thin devices of a volume's blocks, named by their id, whose origin is the volume; they are never active.
 * A volume goes back to one by giving its name to a copy of it.
 */
final class ThinSnapshots implements VolumeSnapshots {
    static final String PREFIX = "fairlead-snapshot-";
    static final String UNFINISHED_PREFIX = "fairlead-new-";

    private final ThinPool pool;
    private final Consumer<String> prepare;

    /** @param prepare makes sure that the volume is unused; refuses if it is in use */
    ThinSnapshots(ThinPool pool, Consumer<String> prepare) {
        this.pool = pool;
        this.prepare = prepare;
    }

    /** Removes snapshots whose volume is deleted, the remains of a crash. */
    void sweep() {
        for (ThinDevice device : pool.devices()) {
            if (device.role() == ThinRole.SNAPSHOT && pool.find(device.origin()).isEmpty()) {
                pool.discard(device.name());
            }
        }
    }

    @Override
    public Set<String> of(String volume) {
        existing(volume);
        return devices(volume)
                .map(device -> device.name().substring(PREFIX.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<ThinDevice> devices(String volume) {
        return pool.devices().stream()
                .filter(device -> device.role() == ThinRole.SNAPSHOT && volume.equals(device.origin()));
    }

    private ThinDevice existing(String volume) {
        return pool.find(volume)
                .filter(device -> device.role() == ThinRole.VOLUME)
                .orElseThrow(() -> StorageErrors.noVolume(volume));
    }

    @Override
    public void take(String volume, String snapshot) {
        VolumeNames.checkSnapshot(snapshot);
        ThinDevice device = existing(volume);
        if (pool.find(PREFIX + snapshot).isPresent()) {
            throw StorageErrors.snapshotExists(volume, snapshot);
        }
        tried(
                "take a snapshot of volume '%s'".formatted(volume),
                () -> pool.snapshot(volume, PREFIX + snapshot, device.sizeBytes(), ThinRole.SNAPSHOT));
    }

    @Override
    public void revert(String volume, String snapshot) {
        existing(volume);
        ThinDevice frozen = find(volume, snapshot).orElseThrow(() -> StorageErrors.noSnapshot(volume, snapshot));
        if (frozen.stage() == ThinDevice.Stage.LOST) {
            throw StorageErrors.of(
                    ErrorCode.NO_STORAGE_VOLUME,
                    "snapshot '%s' of volume '%s' is lost: the repaired pool does not have it any more"
                            .formatted(snapshot, volume));
        }
        prepare.accept(volume);
        tried("take volume '%s' back to a snapshot".formatted(volume), () -> {
            String copy = UNFINISHED_PREFIX + snapshot;
            if (pool.find(copy).isPresent()) {
                pool.discard(copy); // of an attempt that failed
            }
            pool.snapshot(frozen.name(), copy, frozen.sizeBytes(), ThinRole.UNFINISHED);
            try {
                return pool.replace(volume, copy);
            } catch (RuntimeException e) {
                if (pool.find(copy).isPresent()) {
                    pool.discard(copy);
                }
                throw e;
            }
        });
    }

    private Optional<ThinDevice> find(String volume, String snapshot) {
        VolumeNames.checkSnapshot(snapshot);
        return pool.find(PREFIX + snapshot).filter(device -> volume.equals(device.origin()));
    }

    @Override
    public void delete(String volume, String snapshot) {
        existing(volume);
        find(volume, snapshot)
                .ifPresent(device -> tried("delete a snapshot of volume '%s'".formatted(volume), () -> {
                    pool.delete(device.name());
                    return null;
                }));
    }

    /** Of a volume that is deleted, or about to be made. */
    void deleteAll(String volume) {
        devices(volume).forEach(device -> pool.discard(device.name()));
    }
}

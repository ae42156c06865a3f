package io.fairlead.storage.pool;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeFacts;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds volumes, from memory. A pool's volumes are those of its last refresh, with our own changes since. */
public final class VolumeLookups {
    private final PoolRegistry registry;

    VolumeLookups(PoolRegistry registry) {
        this.registry = registry;
    }

    /**
     * @throws io.fairlead.kit.error.EngineException OPERATION_INVALID while the pool is inactive, NO_STORAGE_VOLUME
     */
    public Volume byName(Pool pool, String name) {
        VolumeFacts facts = pool.active().volumes().get(name);
        if (facts == null) {
            throw StorageErrors.noVolume(name);
        }
        return new Volume(pool, facts);
    }

    public Volume byKey(String key) {
        return first(volume -> volume.key().equals(key))
                .or(() -> inRealFolder(key))
                .orElseThrow(() -> StorageErrors.of(
                        ErrorCode.NO_STORAGE_VOLUME, "no storage vol with matching key %s".formatted(key)));
    }

    /** By the path that it is shown with, or by the real path where the pool's path has links in it. */
    public Volume byPath(String path) {
        String clean = PathText.clean(path);
        return first(volume -> volume.path().toString().equals(clean))
                .or(() -> inRealFolder(clean))
                .orElseThrow(() -> StorageErrors.of(
                        ErrorCode.NO_STORAGE_VOLUME, "no storage vol with matching path '%s'".formatted(path)));
    }

    private Optional<Volume> inRealFolder(String path) {
        int slash = path.lastIndexOf('/');
        if (slash <= 0) {
            return Optional.empty();
        }
        String folder = path.substring(0, slash);
        return registry.all().stream()
                .filter(pool -> pool.status().isFolder(folder))
                .findFirst()
                .flatMap(pool -> Optional.ofNullable(pool.status().volumes().get(path.substring(slash + 1)))
                        .map(facts -> new Volume(pool, facts)));
    }

    private Optional<Volume> first(Predicate<VolumeFacts> test) {
        for (Pool pool : registry.all()) {
            for (VolumeFacts facts : pool.status().volumes().values()) {
                if (test.test(facts)) {
                    return Optional.of(new Volume(pool, facts));
                }
            }
        }
        return Optional.empty();
    }
}

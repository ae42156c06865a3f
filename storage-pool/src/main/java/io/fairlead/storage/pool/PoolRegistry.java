package io.fairlead.storage.pool;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.StorageErrors;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The pools there are. Reads never wait. */
public final class PoolRegistry {
    private final Map<UUID, Pool> pools = new ConcurrentHashMap<>();

    /** By name. */
    public List<Pool> all() {
        return pools.values().stream().sorted(Comparator.comparing(Pool::name)).toList();
    }

    public Optional<Pool> find(UUID uuid) {
        return Optional.ofNullable(pools.get(uuid));
    }

    public Optional<Pool> find(String name) {
        return first(pool -> pool.name().equals(name));
    }

    private Optional<Pool> first(Predicate<Pool> test) {
        return pools.values().stream().filter(test).findFirst();
    }

    /** @throws io.fairlead.kit.error.EngineException NO_STORAGE_POOL, as for the next two */
    public Pool get(String name) {
        return find(name).orElseThrow(() -> StorageErrors.noPool(name));
    }

    public Pool get(UUID uuid, String nameForTheError) {
        return find(uuid).orElseThrow(() -> StorageErrors.noPool(uuid, nameForTheError));
    }

    /** The active pool with that folder, by the path of its definition or, where links are in that, by the real one. */
    public Pool byTargetPath(String path) {
        String clean = PathText.clean(path);
        return first(pool -> pool.status().active()
                        && (pool.status()
                                        .definition()
                                        .targetPath()
                                        .filter(clean::equals)
                                        .isPresent()
                                || pool.status().isFolder(clean)))
                .orElseThrow(() -> StorageErrors.of(
                        ErrorCode.NO_STORAGE_POOL, "no storage pool with matching target path '%s'".formatted(path)));
    }

    /** Puts a new pool in, or refuses as libvirt does when another has its uuid or name. */
    synchronized Pool add(PoolStatus status) {
        String name = status.definition().name();
        UUID uuid = status.definition().uuid();
        requireOwnIdentity(uuid, name);
        Pool pool = new Pool(status);
        pools.put(uuid, pool);
        return pool;
    }

    private void requireOwnIdentity(UUID uuid, String name) {
        find(uuid).ifPresent(other -> {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_FAILED,
                    "pool '%s' is already defined with uuid %s".formatted(other.name(), uuid));
        });
        find(name).ifPresent(other -> {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_FAILED, "pool '%s' already exists with uuid %s".formatted(name, other.uuid()));
        });
    }

    void remove(Pool pool) {
        pools.remove(pool.uuid(), pool);
    }
}

package io.fairlead.storage.pool;

import io.fairlead.linux.mount.MountTable;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeNames;
import io.fairlead.xml.storage.StoragePoolDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Keeps pools out of each other's way. libvirt compares the texts of definitions; here a folder, a disk or an export is
 * recognised under any of its names. As with libvirt, a pool may lie in a folder of another one, but neither in that
 * pool's own files nor in a tree that it made.
 */
final class PoolConflicts {
    private final PoolRegistry registry;
    private final PoolDrivers drivers;

    PoolConflicts(PoolRegistry registry, PoolDrivers drivers) {
        this.registry = registry;
        this.drivers = drivers;
    }

    /**
     * @throws io.fairlead.kit.error.EngineException OPERATION_FAILED, in libvirt's words, naming the pool in the way
     */
    void requireNone(StoragePoolDocument document) {
        PoolSpec spec = PoolSpecs.of(document);
        PoolPlace place = PoolPlace.of(spec, true);
        List<Pool> others = registry.all().stream()
                .filter(pool -> !pool.uuid().equals(document.uuid()))
                .toList();
        others.stream().filter(other -> lieAt(other, place)).findFirst().ifPresent(other -> {
            throw StorageErrors.conflict(other.name());
        });
        try {
            requireOutside(spec, others);
        } catch (IOException e) {
            throw StorageErrors.failed("look where pool '%s' lies".formatted(spec.name()), e);
        }
    }

    private boolean lieAt(Pool other, PoolPlace place) {
        PoolStatus status = other.status();
        boolean look = !isSilent(status);
        return Stream.concat(Stream.of(status.definition()), status.next().stream())
                .map(PoolSpecs::of)
                .anyMatch(spec -> PoolPlace.of(spec, look).meets(place));
    }

    /** Whether a look at its folder may wait for another host. */
    private boolean isSilent(PoolStatus status) {
        return status.active()
                && drivers.find(status.definition().type())
                        .filter(PoolDriver::isRemote)
                        .isPresent();
    }

    private void requireOutside(PoolSpec spec, List<Pool> others) throws IOException {
        if (spec.target().isEmpty()) {
            return;
        }
        MountTable mounts = MountTable.own();
        FolderPlace place = FolderPlace.of(spec.target().get(), mounts);
        for (Pool other : others) {
            Optional<Path> folder = folder(other);
            if (folder.isPresent()) {
                Optional<String> entry = FolderPlace.of(folder.get(), mounts).entryWith(place);
                if (entry.isPresent() && isTaken(other.status(), entry.get())) {
                    throw StorageErrors.conflict(other.name());
                }
            }
        }
    }

    private Optional<Path> folder(Pool pool) {
        PoolStatus status = pool.status();
        return status.active()
                ? status.backend().folder().filter(any -> !isSilent(status))
                : PoolSpecs.of(status.definition()).target();
    }

    private static boolean isTaken(PoolStatus status, String entry) {
        return entry.startsWith(VolumeNames.RESERVED_PREFIX)
                || status.active() && status.backend().owns(entry);
    }

    /** @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY if another active pool lies in a volume */
    static void requireNoneIn(Pool pool, String volume, PoolRegistry registry) {
        Optional<Path> folder = pool.active().backend().folder();
        if (folder.isEmpty()) {
            return;
        }
        Path path = folder.get().resolve(volume);
        UUID uuid = pool.uuid();
        registry.all().stream()
                .filter(other -> !other.uuid().equals(uuid) && other.status().active())
                .filter(other -> other.status()
                        .backend()
                        .folder()
                        .filter(in -> in.startsWith(path))
                        .isPresent())
                .findFirst()
                .ifPresent(other -> {
                    throw StorageErrors.volumeBusy(
                            "%s, in which storage pool '%s' lies".formatted(volume, other.name()));
                });
    }
}

package io.fairlead.storage.pool;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.xml.storage.PoolSourceElement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds sources that pools could be made of. */
public final class PoolSources {
    private final PoolRegistry registry;
    private final PoolDrivers drivers;

    PoolSources(PoolRegistry registry, PoolDrivers drivers) {
        this.registry = registry;
        this.drivers = drivers;
    }

    /**
     * May wait for another host.
     *
     * @param where part of a source that narrows the search
     * @return the sources without a defined pool
     * @throws io.fairlead.kit.error.EngineException NO_SUPPORT for types whose sources cannot be listed
     */
    public List<PoolSourceElement> find(String type, Optional<PoolSourceElement> where) {
        PoolDriver driver = drivers.of(type);
        if (where.filter(source -> source.hosts() > 1).isPresent()) {
            throw StorageErrors.of(ErrorCode.CONFIG_UNSUPPORTED, "Expected exactly 1 host for the storage pool");
        }
        Set<Path> taken = registry.all().stream()
                .flatMap(pool -> PoolSpecs.of(pool.status().definition()).source().devices().stream())
                .map(PoolSources::real)
                .collect(Collectors.toSet());
        return driver.findSources(where.map(PoolSpecs::source)).stream()
                .filter(source ->
                        source.devices().stream().map(PoolSources::real).noneMatch(taken::contains))
                .map(PoolSources::element)
                .toList();
    }

    /** A device has many names; a missing device is known by its given name. */
    private static Path real(Path device) {
        try {
            return device.toRealPath();
        } catch (IOException e) {
            return device;
        }
    }

    private static PoolSourceElement element(PoolSpec.Source source) {
        if (source.host().isPresent()) {
            return PoolSourceElement.exported(
                    source.host().get(),
                    source.directory().orElseThrow(),
                    source.format().orElseThrow());
        }
        return PoolSourceElement.device(source.devices().get(0).toString());
    }
}

package io.fairlead.storage.driver;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.storage.StoragePoolTypes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The drivers there are, by type of pool. */
public final class PoolDrivers {
    private final SortedMap<String, PoolDriver> byType = new TreeMap<>();

    public PoolDrivers(Collection<? extends PoolDriver> drivers) {
        for (PoolDriver driver : drivers) {
            if (byType.put(driver.type(), driver) != null) {
                throw new IllegalArgumentException("two drivers for pools of type " + driver.type());
            }
        }
    }

    /** @throws io.fairlead.kit.error.EngineException for a type without a driver, in libvirt's words */
    public PoolDriver of(String type) {
        PoolDriver driver = byType.get(type);
        if (driver != null) {
            return driver;
        }
        if (StoragePoolTypes.ALL.contains(type)) {
            throw StorageErrors.of(
                    ErrorCode.INTERNAL_ERROR,
                    "missing backend for pool type %d (%s)".formatted(StoragePoolTypes.ALL.indexOf(type), type));
        }
        throw StorageErrors.of(ErrorCode.INTERNAL_ERROR, "unknown storage pool type %s".formatted(type));
    }

    public Optional<PoolDriver> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    public Collection<String> types() {
        return List.copyOf(byType.keySet());
    }
}

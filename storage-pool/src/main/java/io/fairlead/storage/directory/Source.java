package io.fairlead.storage.directory;

import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The thing that a type of pool mounts on its folder. */
interface Source {
    String type();

    /** Whether anything is mounted at all. */
    boolean mounts();

    /** Whether it lies on another host, which may fall silent. */
    default boolean isRemote() {
        return false;
    }

    /** See {@link PoolDriver#findSources}. */
    default List<PoolSpec.Source> find(Optional<PoolSpec.Source> where) {
        throw StorageErrors.noDiscovery(type());
    }

    void check(PoolSpec spec);

    /** Prepares the source to be mounted. */
    void build(PoolSpec spec, PoolDriver.Build build);

    /** False if there was nothing to do. */
    boolean mount(PoolSpec spec, Path target) throws IOException;
}

package io.fairlead.storage.driver;

import java.util.List;
import java.util.Optional;

/** One type of pool. Its methods throw {@link io.fairlead.kit.error.EngineException} with libvirt's codes. */
public interface PoolDriver {
    /** How a build treats existing content. */
    enum Build {
        /** Makes the missing parts, takes over the existing ones. */
        PLAIN,
        /** Refuses where foreign data lies. */
        NO_OVERWRITE,
        /** Destroys existing content. */
        OVERWRITE
    }

    /** libvirt's name of the type, such as {@code dir}. */
    String type();

    /** Whether its pools lie on another host, which may be silent for long. */
    default boolean isRemote() {
        return false;
    }

    /**
     * Finds the sources that pools of this type could be made of. Looks only; may wait for another host.
     *
     * @param where part of a source, such as a host, that narrows the search
     * @throws io.fairlead.kit.error.EngineException NO_SUPPORT if sources of this type cannot be listed
     */
    default List<PoolSpec.Source> findSources(Optional<PoolSpec.Source> where) {
        throw StorageErrors.noDiscovery(type());
    }

    /** Refuses a definition that no build could make work, before anything is stored or touched. */
    void check(PoolSpec spec);

    /** Prepares the pool's ground: makes the folder, formats the device. */
    void build(PoolSpec spec, Build build);

    /**
     * Brings an inactive pool up and repairs the remains of a crash in it. A pool that an earlier daemon left active is
     * brought up the same way: existing mounts and devices are taken over.
     */
    PoolBackend start(PoolSpec spec);

    /** Undoes a build of an inactive pool. Refuses to take volumes along, as far as the type can tell. */
    void delete(PoolSpec spec);
}

package io.fairlead.storage.driver;

import java.util.List;
import java.util.Optional;

/** One type of pool. Its methods throw {@link io.fairlead.core.error.EngineException} with libvirt's codes. */
public interface PoolDriver {
    /** How a build treats what it finds. */
    enum Build {
        /** Makes what is missing, takes over what is there. */
        PLAIN,
        /** Refuses where somebody's data lies. */
        NO_OVERWRITE,
        /** Destroys what is there. */
        OVERWRITE
    }

    /** libvirt's name of the type, such as {@code dir}. */
    String type();

    /** Whether another host has what its pools lie on, which may not answer for long. */
    default boolean isRemote() {
        return false;
    }

    /**
     * What pools of this type could be made of. Looks only; may wait for another host.
     *
     * @param where part of a source, such as a host, that narrows the search
     * @throws io.fairlead.core.error.EngineException NO_SUPPORT if that cannot be told
     */
    default List<PoolSpec.Source> findSources(Optional<PoolSpec.Source> where) {
        throw StorageErrors.noDiscovery(type());
    }

    /** Refuses a definition that no build could make work, before anything is stored or touched. */
    void check(PoolSpec spec);

    /** Prepares what the pool lies on: makes the folder, formats the device. */
    void build(PoolSpec spec, Build build);

    /**
     * Brings an inactive pool up and repairs what a crash left in it. A pool that a daemon before us left active is brought
     * up the same way: what stands already is taken over.
     */
    PoolBackend start(PoolSpec spec);

    /** Undoes a build of an inactive pool. Refuses to take volumes along, as far as the type can tell. */
    void delete(PoolSpec spec);
}

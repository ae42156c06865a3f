package io.fairlead.thin;

import java.io.IOException;
import java.util.Optional;

/** A look at a metadata device that no pool uses at the moment. */
public interface PoolMetadata {
    /** Whether its first 4 KiB are zero, which tells the kernel to begin a new pool on it. */
    boolean isBlank(String device) throws IOException;

    /**
     * The faults that a thorough check found, in the checker's words; empty if the metadata are sound. Takes minutes on
     * large pools.
     */
    Optional<String> problem(String device) throws IOException;
}

package io.fairlead.thin;

import java.io.IOException;
import java.util.Optional;

/** A look at a metadata device that no pool uses at the moment. */
public interface PoolMetadata {
    /** Whether its first 4 KiB are zero, which tells the kernel to begin a new pool on it. */
    boolean isBlank(String device) throws IOException;

    /** What a thorough check found wrong, in its own words; empty if it is sound. Takes minutes on large pools. */
    Optional<String> problem(String device) throws IOException;
}

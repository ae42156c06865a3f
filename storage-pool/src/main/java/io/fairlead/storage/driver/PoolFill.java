package io.fairlead.storage.driver;

import io.fairlead.thin.PoolLevel;

/**
 * How near a pool that is watched is to trouble. Its data are in {@link PoolUsage}.
 *
 * @param metadataBytes room for the records of which block belongs to which volume
 * @param metadataUsedBytes of these
 */
public record PoolFill(PoolLevel level, long metadataBytes, long metadataUsedBytes) {}

package io.fairlead.thin;

import io.fairlead.linux.dm.DeviceMapper;

/**
 * What a pool stands on: the kernel's parts, or their models in tests.
 *
 * @param deviceMapper stays the caller's to close
 * @param nodes where device nodes are made
 */
public record ThinPlatform(DeviceMapper deviceMapper, DeviceNodes nodes, PoolMetadata metadata) {}

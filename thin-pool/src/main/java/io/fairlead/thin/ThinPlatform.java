package io.fairlead.thin;

import io.fairlead.linux.dm.DeviceMapper;

/**
 * The ground a pool stands on: the kernel's parts, or their models in tests.
 *
 * @param deviceMapper the caller closes it
 * @param nodes where device nodes are made
 */
public record ThinPlatform(DeviceMapper deviceMapper, DeviceNodes nodes, PoolMetadata metadata) {}

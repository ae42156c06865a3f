package io.fairlead.rpc.protocol;

import java.util.UUID;

/** How a storage pool is named on the wire. */
public record StoragePoolRef(String name, UUID uuid) {}

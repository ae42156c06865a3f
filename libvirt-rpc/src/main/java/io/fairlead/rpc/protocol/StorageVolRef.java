package io.fairlead.rpc.protocol;

/** How a storage volume is named on the wire. */
public record StorageVolRef(String pool, String name, String key) {}

package io.fairlead.rpc.protocol;

/** How a device of the host is named on the wire. */
public record NodeDeviceRef(String name) {}

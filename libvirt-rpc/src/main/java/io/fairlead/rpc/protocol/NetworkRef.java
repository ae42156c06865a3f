package io.fairlead.rpc.protocol;

import java.util.UUID;

/** How a virtual network is named on the wire. */
public record NetworkRef(String name, UUID uuid) {}

package io.fairlead.rpc.protocol;

import java.util.UUID;

/** How a port of a virtual network is named on the wire. */
public record NetworkPortRef(NetworkRef net, UUID uuid) {}

package io.fairlead.rpc.protocol;

import java.util.UUID;

/** How a packet filter is named on the wire. */
public record NwFilterRef(String name, UUID uuid) {}

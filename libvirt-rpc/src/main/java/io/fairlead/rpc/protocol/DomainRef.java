package io.fairlead.rpc.protocol;

import java.util.UUID;

/** How a domain is named on the wire; {@code id} is -1 while it is not running. */
public record DomainRef(String name, UUID uuid, int id) {}

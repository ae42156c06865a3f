package io.fairlead.rpc.protocol;

import java.util.UUID;

/** How a secret is named on the wire; it has a uuid and a use, and no name. */
public record SecretRef(UUID uuid, int usageType, String usageId) {}

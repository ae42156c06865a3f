package io.fairlead.core.store;

import io.fairlead.xml.domain.DomainDocument;
import java.util.UUID;

/** A persistent domain as it was found on disk. */
public record StoredDomain(UUID uuid, DomainDocument definition, boolean autostart) {}

package io.fairlead.core.store;

import io.fairlead.xml.domain.DomainDocument;
import java.util.UUID;

/**
 * A persistent domain as it was found on disk.
 *
 * @param lastEnd null if it never ended, or if that is unknown
 */
public record StoredDomain(UUID uuid, DomainDocument definition, boolean autostart, LastEnd lastEnd) {}

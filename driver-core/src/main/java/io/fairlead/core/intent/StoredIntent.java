package io.fairlead.core.intent;

import io.fairlead.xml.domain.DomainDocument;
import java.util.Optional;

/**
 * An intent as it was found on disk.
 *
 * @param definition what the domain runs, or is to run, with, if its persistent definition does not say so
 */
public record StoredIntent(Intent intent, Optional<DomainDocument> definition) {}

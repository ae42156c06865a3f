package io.fairlead.libvirt.domain;

import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.facts.FactsMetadata;
import io.fairlead.xml.schema.LibvirtSchemas;

/** Parses a definition that a client sent. */
final class DomainXml {
    /** Shared, because a schema takes some tenths of a second to load. */
    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);

    private DomainXml() {}

    /** @param validate whether the client wants the schema checked, too */
    static DomainDocument parse(String xml, boolean validate) {
        if (validate) {
            SCHEMAS.validateDomain(xml);
        }
        DomainDocument document = DomainDocument.parse(xml);
        FactsMetadata.check(document);
        return document;
    }
}

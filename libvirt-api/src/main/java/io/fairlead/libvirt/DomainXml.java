package io.fairlead.libvirt;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;
import io.fairlead.xml.domain.DomainDocument;

/** Turns what a client sends as a definition into a document. */
final class DomainXml {
    private DomainXml() {}

    /** @param validate whether the client wants the schema checked, too */
    static DomainDocument parse(String xml, boolean validate) {
        if (validate) {
            throw new EngineException(ErrorCode.NO_SUPPORT, "validation of a definition against its schema");
        }
        return DomainDocument.parse(xml);
    }
}

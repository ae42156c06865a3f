package io.fairlead.xml.facts;

import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.Optional;

/** The facts of a container in the metadata of its definition, where every client of libvirt keeps them as they are. */
public final class FactsMetadata {
    /** Of the element and all below it; the number at the end changes when an older reader would go wrong. */
    public static final String NAMESPACE = "http://fairlead.io/xmlns/container/1";

    private FactsMetadata() {}

    /**
     * Reads them; a look at the names of the metadata's elements is all that it costs a domain without them.
     *
     * @throws XmlException XML_ERROR if there is an element of our namespace that the schema or the checks refuse
     */
    public static Optional<ContainerFacts> read(DomainDocument document) {
        return document.metadataElement(NAMESPACE).map(FactsMetadata::read);
    }

    /**
     * Refuses a definition whose facts nobody could read later.
     *
     * @throws XmlException as {@link #read(DomainDocument)}
     */
    public static void check(DomainDocument document) {
        read(document);
    }

    /**
     * Reads one element.
     *
     * @throws XmlException XML_ERROR if the schema or the checks refuse it
     */
    public static ContainerFacts read(XmlElement element) {
        return FactsBinding.read(element).facts();
    }

    /** The definition with these facts in place of all it had. */
    public static DomainDocument write(DomainDocument document, ContainerFacts facts) {
        return document.withMetadataElement(element(facts));
    }

    /** As {@link #write}, for one that needs the element alone. */
    public static XmlElement element(ContainerFacts facts) {
        return FactsBinding.write(FactsElement.of(facts));
    }
}

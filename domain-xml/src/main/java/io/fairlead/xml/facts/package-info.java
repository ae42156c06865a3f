/**
 * What a container is beyond libvirt's vocabulary: image, labels, restarts, health, stopping, ports, volumes, stdio.
 *
 * <p>Lives here: the facts as typed, immutable values, and their form as one element of a definition's metadata, whose
 * schema is {@code container-facts.xsd} (docs/formats/container-facts.md). Not here: anything that acts on a fact, and
 * any protocol's own form of it. JAXB is touched by {@code FactsBinding} only, and only for a domain that has facts.
 * Threads: values are immutable, and every method may be called from any thread.
 */
@XmlSchema(
        namespace = FactsMetadata.NAMESPACE,
        elementFormDefault = XmlNsForm.QUALIFIED,
        attributeFormDefault = XmlNsForm.UNQUALIFIED)
package io.fairlead.xml.facts;

import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;

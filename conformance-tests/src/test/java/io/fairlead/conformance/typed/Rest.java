package io.fairlead.conformance.typed;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAnyElement;
import java.util.List;
import org.w3c.dom.Element;

/** Takes the elements that a class leaves out: JAXB counts them as faults otherwise. */
@XmlAccessorType(XmlAccessType.FIELD)
abstract class Rest {
    @XmlAnyElement
    private List<Element> others;
}

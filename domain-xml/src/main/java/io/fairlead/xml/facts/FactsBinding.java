package io.fairlead.xml.facts;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import jakarta.xml.bind.UnmarshallerHandler;
import javax.xml.XMLConstants;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Between our tree and JAXB, which is loaded at the first call: some tenths of a second of a cold daemon, which no
 * domain without facts pays. Both directions go by SAX, not by text: nothing is escaped, so nothing can be escaped
 * wrongly, and no second parser of XML meets a client's text.
 */
final class FactsBinding {
    private static final String SCHEMA = "container-facts.xsd";

    /** Made at the first call, and safe for threads. */
    private static final class Loaded {
        static final JAXBContext CONTEXT;
        static final Schema XSD;

        static {
            try {
                CONTEXT = JAXBContext.newInstance(FactsElement.class);
                XSD = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                        .newSchema(FactsBinding.class.getResource(SCHEMA));
            } catch (JAXBException | SAXException e) {
                throw new ExceptionInInitializerError(e); // our own classes and file are wrong
            }
        }
    }

    private FactsBinding() {}

    /** @throws XmlException XML_ERROR for an element that the schema refuses */
    static FactsElement read(XmlElement element) {
        try {
            validate(element);
            Unmarshaller unmarshaller = Loaded.CONTEXT.createUnmarshaller();
            unmarshaller.setEventHandler(event -> false); // it passes over what it cannot read otherwise
            UnmarshallerHandler handler = unmarshaller.getUnmarshallerHandler();
            TreeToSax.send(element, handler);
            return (FactsElement) handler.getResult();
        } catch (JAXBException | SAXException e) {
            throw new XmlException(XmlErrorKind.XML_ERROR, "container facts: " + e.getMessage(), e);
        }
    }

    /** Before JAXB reads it: that has its own words for some faults, and stops telling them after the tenth. */
    private static void validate(XmlElement element) throws SAXException {
        ValidatorHandler validator = Loaded.XSD.newValidatorHandler();
        validator.setErrorHandler(new DefaultHandler() {
            @Override
            public void error(SAXParseException fault) throws SAXException {
                throw fault; // the first is enough
            }
        });
        TreeToSax.send(element, validator);
    }

    static XmlElement write(FactsElement facts) {
        SaxToTree tree = new SaxToTree();
        try {
            Loaded.CONTEXT.createMarshaller().marshal(facts, tree);
        } catch (JAXBException e) {
            throw new IllegalStateException("facts that cannot be written", e); // they were checked at their birth
        }
        return tree.root();
    }
}

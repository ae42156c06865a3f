package io.fairlead.xml.facts;

import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlNode;
import io.fairlead.xml.tree.XmlText;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;
import org.xml.sax.helpers.LocatorImpl;

/** Passes an element to a SAX handler. Comments and processing instructions are left out: no fact lies in them. */
final class TreeToSax {
    private static final String NO_NAMESPACE = "";

    private TreeToSax() {}

    static void send(XmlElement root, ContentHandler handler) throws SAXException {
        handler.setDocumentLocator(new LocatorImpl());
        handler.startDocument();
        sendElement(root, handler);
        handler.endDocument();
    }

    private static void sendElement(XmlElement element, ContentHandler handler) throws SAXException {
        AttributesImpl attributes = new AttributesImpl();
        for (XmlAttribute attribute : element.attributes()) {
            if (!attribute.declaresNamespace()) {
                // No attribute of ours has a namespace; one with a prefix is refused under its whole name.
                attributes.addAttribute(NO_NAMESPACE, attribute.name(), attribute.name(), "CDATA", attribute.value());
            }
        }
        handler.startElement(element.namespace(), element.localName(), element.name(), attributes);
        for (XmlNode child : element.children()) {
            if (child instanceof XmlElement inner) {
                sendElement(inner, handler);
            } else if (child instanceof XmlText text) {
                handler.characters(text.text().toCharArray(), 0, text.text().length());
            }
        }
        handler.endElement(element.namespace(), element.localName(), element.name());
    }
}

package io.fairlead.xml.facts;

import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Builds an element from SAX events: elements of one namespace, with elements and attributes but no text in them. */
final class SaxToTree extends DefaultHandler {
    private record Open(List<XmlAttribute> attributes, List<XmlNode> children) {}

    private final Deque<Open> open = new ArrayDeque<>();
    private XmlElement root;

    /** The element, once the events are over. */
    XmlElement root() {
        return root;
    }

    @Override
    public void startElement(String namespace, String localName, String name, Attributes attributes) {
        List<XmlAttribute> list = new ArrayList<>();
        if (open.isEmpty()) {
            list.add(new XmlAttribute("xmlns", namespace));
        }
        for (int i = 0; i < attributes.getLength(); i++) {
            list.add(new XmlAttribute(attributes.getLocalName(i), attributes.getValue(i)));
        }
        open.push(new Open(list, new ArrayList<>()));
    }

    @Override
    public void endElement(String namespace, String localName, String name) {
        Open ended = open.pop();
        XmlElement element = new XmlElement(localName, namespace, ended.attributes(), ended.children());
        if (open.isEmpty()) {
            root = element;
        } else {
            open.peek().children().add(element);
        }
    }
}

package io.fairlead.xml.tree;

import static java.util.Objects.requireNonNull;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads text into a tree. A client's text is not trusted: document types (and with them entities) are refused, and
 * depth, size and counts are limited before anything is built on them.
 */
public final class XmlReader {
    /** Longest document, in characters: libvirt's own limit for a string on the wire (REMOTE_STRING_MAX). */
    public static final int LENGTH_MAX = 4 * 1024 * 1024;

    /** Deepest element; libvirt's documents need less than ten. */
    public static final int DEPTH_MAX = 64;

    public static final int ELEMENTS_MAX = 100_000;
    public static final int ATTRIBUTES_MAX = 256;

    /** How much of a line an error shows; libvirt shows all of it, which may be megabytes. */
    private static final int LINE_SHOWN_MAX = 512;

    /** The JDK's sentences for the most common mistakes, in the words libvirt's clients know from libxml2. */
    private static final Map<String, String> FAMILIAR = Map.of(
            "Content is not allowed in prolog.", "Start tag expected, '<' not found",
            "The markup in the document following the root element must be well-formed.",
                    "Extra content at the end of the document",
            "Content is not allowed in trailing section.", "Extra content at the end of the document");

    // The JDK's factory is only read once it is configured; finding and making one costs more than reading a document.
    private static final XMLInputFactory FACTORY = factory();

    private final String what;
    private final String text;
    private int elements;

    private XmlReader(String what, String text) {
        this.what = what;
        this.text = text;
    }

    /**
     * Reads one document.
     *
     * @param what names the document in errors, in brackets as libvirt does: {@code domain_definition}
     * @throws XmlException of kind XML_DETAIL with line and place when the text is not XML, or exceeds a limit
     */
    public static XmlElement read(String what, String text) {
        requireNonNull(text, "text");
        if (text.length() > LENGTH_MAX) {
            throw new XmlException(
                    XmlErrorKind.XML_DETAIL,
                    "(%s): %d characters (expected: at most %d)".formatted(what, text.length(), LENGTH_MAX));
        }
        return new XmlReader(what, text).document();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty("http://java.sun.com/xml/stream/properties/report-cdata-event", true);
        return factory;
    }

    private XmlElement document() {
        if (XmlChars.isBlank(text)) {
            throw broken(1, 1, "Document is empty", null);
        }
        XMLStreamReader in = null;
        try {
            in = FACTORY.createXMLStreamReader(new StringReader(text));
            XmlElement root = null;
            while (in.hasNext()) {
                int event = in.next();
                if (event == XMLStreamConstants.DTD) {
                    throw broken(in.getLocation(), "document types are refused");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    root = element(in, 1);
                }
            }
            return root;
        } catch (XMLStreamException e) {
            throw broken(e);
        } catch (XmlException e) {
            throw e;
        } catch (RuntimeException e) {
            // The JDK's parser lacks the words for some errors of a document type, and fails at looking for them.
            Location at = in == null ? null : in.getLocation();
            throw broken(at == null ? 1 : at.getLineNumber(), at == null ? 1 : at.getColumnNumber(), "not XML", e);
        } finally {
            close(in);
        }
    }

    private XmlElement element(XMLStreamReader in, int depth) throws XMLStreamException {
        if (depth > DEPTH_MAX) {
            throw broken(in.getLocation(), "elements are nested deeper than " + DEPTH_MAX);
        }
        if (++elements > ELEMENTS_MAX) {
            throw broken(in.getLocation(), "there are more than " + ELEMENTS_MAX + " elements");
        }
        String name = qualified(in.getPrefix(), in.getLocalName());
        String namespace = in.getNamespaceURI() == null ? "" : in.getNamespaceURI();
        List<XmlAttribute> attributes = attributes(in);
        return new XmlElement(name, namespace, attributes, children(in, depth));
    }

    private List<XmlAttribute> attributes(XMLStreamReader in) {
        int declarations = in.getNamespaceCount();
        int count = in.getAttributeCount();
        if (declarations + count > ATTRIBUTES_MAX) {
            throw broken(in.getLocation(), "an element has more than " + ATTRIBUTES_MAX + " attributes");
        }
        if (declarations + count == 0) {
            return List.of();
        }
        List<XmlAttribute> attributes = new ArrayList<>(declarations + count);
        for (int i = 0; i < declarations; i++) {
            String prefix = in.getNamespacePrefix(i);
            String uri = in.getNamespaceURI(i);
            attributes.add(new XmlAttribute(
                    prefix == null || prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, uri == null ? "" : uri));
        }
        for (int i = 0; i < count; i++) {
            attributes.add(new XmlAttribute(
                    qualified(in.getAttributePrefix(i), in.getAttributeLocalName(i)), in.getAttributeValue(i)));
        }
        return attributes;
    }

    private List<XmlNode> children(XMLStreamReader in, int depth) throws XMLStreamException {
        List<XmlNode> children = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        while (true) {
            int event = in.next();
            switch (event) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> run.append(
                        in.getTextCharacters(), in.getTextStart(), in.getTextLength());
                case XMLStreamConstants.ENTITY_REFERENCE -> throw broken(
                        in.getLocation(), "Entity '" + in.getLocalName() + "' not defined");
                default -> {
                    if (!run.isEmpty()) {
                        children.add(new XmlText(run.toString()));
                        run.setLength(0);
                    }
                    if (event == XMLStreamConstants.END_ELEMENT) {
                        return children;
                    }
                    addNode(in, event, depth, children);
                }
            }
        }
    }

    private void addNode(XMLStreamReader in, int event, int depth, List<XmlNode> children) throws XMLStreamException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> children.add(element(in, depth + 1));
            case XMLStreamConstants.CDATA -> children.add(new XmlText(in.getText(), true));
            case XMLStreamConstants.COMMENT -> children.add(new XmlComment(in.getText()));
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> children.add(
                    new XmlInstruction(in.getPITarget(), in.getPIData() == null ? "" : in.getPIData()));
            default -> throw broken(in.getLocation(), "unexpected content");
        }
    }

    private static String qualified(String prefix, String localName) {
        return prefix == null || prefix.isEmpty() ? localName : prefix + ":" + localName;
    }

    private XmlException broken(XMLStreamException e) {
        String message = e.getMessage() == null ? "not XML" : e.getMessage();
        // The JDK puts the place in front of its own sentence; the place is printed here in libvirt's way.
        int sentence = message.indexOf("Message: ");
        String told = sentence < 0 ? message : message.substring(sentence + "Message: ".length());
        String obstacle = FAMILIAR.getOrDefault(told, told);
        Location at = e.getLocation();
        return at == null ? broken(1, 1, obstacle, e) : broken(at.getLineNumber(), at.getColumnNumber(), obstacle, e);
    }

    private XmlException broken(Location at, String obstacle) {
        return broken(at.getLineNumber(), at.getColumnNumber(), obstacle, null);
    }

    /** libvirt's form: "(what):line: obstacle", the line itself, and an arrow below the place. */
    private XmlException broken(int lineNumber, int column, String obstacle, Throwable cause) {
        String line = text.lines().skip(Math.max(0, lineNumber - 1)).findFirst().orElse("(null)");
        int arrow = Math.max(0, Math.min(column - 1, line.length()));
        int from = line.length() <= LINE_SHOWN_MAX ? 0 : Math.max(0, arrow - LINE_SHOWN_MAX / 2);
        String shown = line.substring(from, Math.min(line.length(), from + LINE_SHOWN_MAX));
        return new XmlException(
                XmlErrorKind.XML_DETAIL,
                "(%s):%d: %s\n%s\n%s^".formatted(what, lineNumber, obstacle, shown, "-".repeat(arrow - from)),
                cause);
    }

    private static void close(XMLStreamReader in) {
        if (in != null) {
            try {
                in.close();
            } catch (XMLStreamException e) {
                throw new IllegalStateException("close a reader of a string", e);
            }
        }
    }
}

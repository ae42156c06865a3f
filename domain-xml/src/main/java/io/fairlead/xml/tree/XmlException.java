package io.fairlead.xml.tree;

import static java.util.Objects.requireNonNull;

/**
 * A document was refused. The detail is bare; the message is the detail behind libvirt's words for the kind ("XML
 * error: ..."), as clients print it and scripts look for it. Nothing else puts those words in front.
 */
public final class XmlException extends RuntimeException {
    private final XmlErrorKind kind;
    private final XmlOrigin origin;
    private final String detail;

    private XmlException(XmlErrorKind kind, XmlOrigin origin, String detail, Throwable cause) {
        super(kind.words() + requireNonNull(detail, "detail"), cause);
        this.kind = kind;
        this.origin = requireNonNull(origin, "origin");
        this.detail = detail;
    }

    /** @param detail without the words of its kind */
    public XmlException(XmlErrorKind kind, String detail, Throwable cause) {
        this(kind, XmlOrigin.DOCUMENT, detail, cause);
    }

    public XmlException(XmlErrorKind kind, String detail) {
        this(kind, detail, null);
    }

    /** The document contradicts the format. */
    public static XmlException malformed(String detail) {
        return new XmlException(XmlErrorKind.XML_ERROR, detail);
    }

    /** The document is one of another kind. */
    public static XmlException wrongRoot(String expected, XmlElement root) {
        return malformed("expecting root element of '%s', not '%s'".formatted(expected, root.name()))
                .from(XmlOrigin.XML);
    }

    /** The document is right, but asks for something that a container cannot have. */
    public static XmlException unsupported(String detail) {
        return new XmlException(XmlErrorKind.CONFIG_UNSUPPORTED, detail);
    }

    /** An argument, or a value that libvirt treats as one, makes no sense. */
    public static XmlException invalidArgument(String detail) {
        return new XmlException(XmlErrorKind.INVALID_ARG, detail);
    }

    /** The value of an attribute is none of those that are defined. */
    public static XmlException invalidAttribute(XmlElement element, String attribute, String value) {
        return malformed("Invalid value for attribute '%s' in element '%s': '%s'."
                        .formatted(attribute, element.name(), value))
                .from(XmlOrigin.XML);
    }

    /** An attribute is missing without which the element means nothing. */
    public static XmlException missingAttribute(XmlElement element, String attribute) {
        return malformed("Missing required attribute '%s' in element '%s'".formatted(attribute, element.name()))
                .from(XmlOrigin.XML);
    }

    /** The value of an attribute is no number, or out of its range. */
    public static XmlException invalidNumber(XmlElement element, String attribute, String value, Throwable cause) {
        return new XmlException(
                XmlErrorKind.XML_ERROR,
                XmlOrigin.XML,
                "Invalid value for attribute '%s' in element '%s': '%s'. Expected non-negative integer value"
                        .formatted(attribute, element.name(), value),
                cause);
    }

    /** The same refusal, found by another part than the reader of the document. */
    public XmlException from(XmlOrigin other) {
        return new XmlException(kind, other, detail, getCause());
    }

    public XmlErrorKind kind() {
        return kind;
    }

    public XmlOrigin origin() {
        return origin;
    }

    /** The fault, without the words of the kind. */
    public String detail() {
        return detail;
    }
}

package io.fairlead.xml.tree;

import static java.util.Objects.requireNonNull;

/**
 * A document was refused. The detail is bare; the message is the detail behind libvirt's words for the kind ("XML
 * error: ..."), as clients print it and scripts look for it. Nothing else puts those words in front.
 */
public final class XmlException extends RuntimeException {
    private final XmlErrorKind kind;
    private final String detail;

    /** @param detail without the words of its kind */
    public XmlException(XmlErrorKind kind, String detail, Throwable cause) {
        super(kind.words() + requireNonNull(detail, "detail"), cause);
        this.kind = kind;
        this.detail = detail;
    }

    public XmlException(XmlErrorKind kind, String detail) {
        this(kind, detail, null);
    }

    /** The document contradicts the format. */
    public static XmlException malformed(String detail) {
        return new XmlException(XmlErrorKind.XML_ERROR, detail);
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
        return malformed(
                "Invalid value for attribute '%s' in element '%s': '%s'.".formatted(attribute, element.name(), value));
    }

    /** The value of an attribute is no number, or out of its range. */
    public static XmlException invalidNumber(XmlElement element, String attribute, String value, Throwable cause) {
        return new XmlException(
                XmlErrorKind.XML_ERROR,
                "Invalid value for attribute '%s' in element '%s': '%s'. Expected non-negative integer value"
                        .formatted(attribute, element.name(), value),
                cause);
    }

    public XmlErrorKind kind() {
        return kind;
    }

    /** The fault, without the words of the kind. */
    public String detail() {
        return detail;
    }
}

package io.fairlead.xml.tree;

import static java.util.Objects.requireNonNull;

/**
 * A document was refused. The message carries libvirt's own words for the kind in front ("XML error: ..."), because
 * clients print it as it is and scripts look for it.
 */
public final class XmlException extends RuntimeException {
    private final XmlErrorKind kind;

    public XmlException(XmlErrorKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind");
    }

    public XmlException(XmlErrorKind kind, String message) {
        this(kind, message, null);
    }

    /** The document contradicts the format. */
    public static XmlException malformed(String message) {
        return new XmlException(XmlErrorKind.XML_ERROR, "XML error: " + message);
    }

    /** The document is right, but asks for what a container cannot have. */
    public static XmlException unsupported(String message) {
        return new XmlException(XmlErrorKind.CONFIG_UNSUPPORTED, "unsupported configuration: " + message);
    }

    /** An argument, or a value that libvirt treats as one, makes no sense. */
    public static XmlException invalidArgument(String message) {
        return new XmlException(XmlErrorKind.INVALID_ARG, "invalid argument: " + message);
    }

    /** The value of an attribute is none of those that are defined. */
    public static XmlException invalidAttribute(XmlElement element, String attribute, String value) {
        return malformed(
                "Invalid value for attribute '%s' in element '%s': '%s'.".formatted(attribute, element.name(), value));
    }

    public XmlErrorKind kind() {
        return kind;
    }

    public int libvirtCode() {
        return kind.libvirtCode();
    }
}

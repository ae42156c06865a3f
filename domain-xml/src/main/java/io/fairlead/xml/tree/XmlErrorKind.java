package io.fairlead.xml.tree;

/** What is wrong with a document, with the number libvirt's clients branch on (virErrorNumber). */
public enum XmlErrorKind {
    INTERNAL_ERROR(1),
    INVALID_ARG(8),
    NO_SOURCE(19),
    NO_TARGET(20),
    NO_NAME(21),
    /** The document contradicts the format. */
    XML_ERROR(27),
    /** The text is no XML at all; the message carries line and place. */
    XML_DETAIL(35),
    CONF_SYNTAX(33),
    /** The document is right, but asks for what a container cannot have. */
    CONFIG_UNSUPPORTED(67),

    ARGUMENT_UNSUPPORTED(74),
    /** There is no such metadata. */
    NO_METADATA(80),
    OVERFLOW(82),
    /** The document does not match libvirt's schema. */
    INVALID_SCHEMA(92);

    private final int libvirtCode;

    XmlErrorKind(int libvirtCode) {
        this.libvirtCode = libvirtCode;
    }

    public int libvirtCode() {
        return libvirtCode;
    }
}

package io.fairlead.xml.tree;

import static java.util.Objects.requireNonNull;

/**
 * The kinds of faults in a document. Each has the number that libvirt's clients branch on (virErrorNumber), and the
 * words that libvirt puts in front of the detail (virErrorMsgStrings of libvirt 9.0's virerror.c). Without such words,
 * the detail says it all.
 */
public enum XmlErrorKind {
    INTERNAL_ERROR(1, "internal error: "),
    INVALID_ARG(8, "invalid argument: "),
    /** An argument of the call itself: libvirt's public entry points refuse those without words in front. */
    CALL_ARGUMENT(8, ""),
    NO_SOURCE(19, ""),
    NO_TARGET(20, ""),
    NO_NAME(21, ""),
    /** The document contradicts the format. */
    XML_ERROR(27, "XML error: "),
    CONF_SYNTAX(33, "configuration file syntax error: "),
    /** The text is no XML at all; the message carries line and place. */
    XML_DETAIL(35, ""),
    /** The document is right, but asks for something that a container cannot have. */
    CONFIG_UNSUPPORTED(67, "unsupported configuration: "),
    ARGUMENT_UNSUPPORTED(74, "argument unsupported: "),
    /** There is no such metadata. */
    NO_METADATA(80, "metadata not found: "),
    OVERFLOW(82, "numerical overflow: "),
    /** The document does not match libvirt's schema. */
    INVALID_SCHEMA(92, "XML document failed to validate against schema: ");

    private final int libvirtCode;
    private final String words;

    XmlErrorKind(int libvirtCode, String words) {
        this.libvirtCode = libvirtCode;
        this.words = requireNonNull(words, "words");
    }

    public int libvirtCode() {
        return libvirtCode;
    }

    /** The words in front of the detail, with a space at the end; or empty. */
    public String words() {
        return words;
    }
}

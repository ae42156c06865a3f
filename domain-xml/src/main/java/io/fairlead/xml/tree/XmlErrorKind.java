package io.fairlead.xml.tree;

import static java.util.Objects.requireNonNull;

/**
 * The kinds of faults in a document. Each has the words that libvirt puts in front of the detail (virErrorMsgStrings of
 * libvirt 9.0's virerror.c). Without such words, the detail says it all.
 */
public enum XmlErrorKind {
    INTERNAL_ERROR("internal error: "),
    INVALID_ARG("invalid argument: "),
    OPERATION_FAILED("operation failed: "),
    /** An argument of the call itself: libvirt's public entry points refuse those without words in front. */
    CALL_ARGUMENT(""),
    NO_SOURCE(""),
    NO_TARGET(""),
    NO_NAME(""),
    /** The document contradicts the format. */
    XML_ERROR("XML error: "),
    /** A value that libvirt hands to the system, which refuses it; libvirt gives the system's own sentence. */
    SYSTEM_ERROR(""),
    CONF_SYNTAX("configuration file syntax error: "),
    /** The text is no XML at all; the message carries line and place. */
    XML_DETAIL(""),
    /** The change does not fit the document that it is meant for. */
    OPERATION_INVALID("Requested operation is not valid: "),
    /** No document of this kind can be changed in this way. */
    OPERATION_UNSUPPORTED("Operation not supported: "),
    /** The document is right, but asks for something that a container cannot have. */
    CONFIG_UNSUPPORTED("unsupported configuration: "),
    ARGUMENT_UNSUPPORTED("argument unsupported: "),
    /** There is no such metadata. */
    NO_METADATA("metadata not found: "),
    OVERFLOW("numerical overflow: "),
    /** The document does not match libvirt's schema. */
    INVALID_SCHEMA("XML document failed to validate against schema: ");

    private final String words;

    XmlErrorKind(String words) {
        this.words = requireNonNull(words, "words");
    }

    /** The words in front of the detail, with a space at the end; or empty. */
    public String words() {
        return words;
    }
}

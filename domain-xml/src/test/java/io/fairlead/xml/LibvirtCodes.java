package io.fairlead.xml;

import io.fairlead.xml.tree.XmlException;

/** The numbers of refusals (virErrorNumber), by which recordings of libvirt's own answers name their kind. */
public final class LibvirtCodes {
    private LibvirtCodes() {}

    public static int of(XmlException refusal) {
        return switch (refusal.kind()) {
            case INTERNAL_ERROR -> 1;
            case INVALID_ARG -> 8;
            case CALL_ARGUMENT -> 8;
            case NO_SOURCE -> 19;
            case NO_TARGET -> 20;
            case NO_NAME -> 21;
            case XML_ERROR -> 27;
            case CONF_SYNTAX -> 33;
            case XML_DETAIL -> 35;
            case CONFIG_UNSUPPORTED -> 67;
            case ARGUMENT_UNSUPPORTED -> 74;
            case NO_METADATA -> 80;
            case OVERFLOW -> 82;
            case INVALID_SCHEMA -> 92;
        };
    }
}

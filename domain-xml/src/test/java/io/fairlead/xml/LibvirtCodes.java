package io.fairlead.xml;

import io.fairlead.xml.tree.XmlException;

/** The numbers of refusals (virErrorNumber), by which recordings of libvirt's own answers name their kind. */
public final class LibvirtCodes {
    private LibvirtCodes() {}

    /**
     * Code and origin (virErrorDomain), such as "27/5".
     *
     * @param document the origin of the document's own reader: 20 for domains, 18 for pools and volumes,
     *     19 for networks, 33 for filters
     */
    public static String withOrigin(XmlException refusal, int document) {
        int origin =
                switch (refusal.origin()) {
                    case DOCUMENT -> document;
                    case XML -> 5;
                    case VALUE -> 0;
                    case DRIVER -> 17;
                    case CAPABILITIES -> 44;
                    case NETWORK -> 19;
                    case CONFIG -> 9;
                };
        return of(refusal) + "/" + origin;
    }

    public static int of(XmlException refusal) {
        return switch (refusal.kind()) {
            case INTERNAL_ERROR -> 1;
            case INVALID_ARG -> 8;
            case CALL_ARGUMENT -> 8;
            case OPERATION_FAILED -> 9;
            case NO_SOURCE -> 19;
            case NO_TARGET -> 20;
            case NO_NAME -> 21;
            case XML_ERROR -> 27;
            case CONF_SYNTAX -> 33;
            case XML_DETAIL -> 35;
            case SYSTEM_ERROR -> 38;
            case OPERATION_INVALID -> 55;
            case CONFIG_UNSUPPORTED -> 67;
            case ARGUMENT_UNSUPPORTED -> 74;
            case NO_METADATA -> 80;
            case OVERFLOW -> 82;
            case OPERATION_UNSUPPORTED -> 84;
            case INVALID_SCHEMA -> 92;
        };
    }
}

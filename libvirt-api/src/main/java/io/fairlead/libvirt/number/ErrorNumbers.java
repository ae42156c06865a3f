package io.fairlead.libvirt.number;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.xml.tree.XmlErrorKind;

/** libvirt's numbers of errors, as they stand on the wire (include/libvirt/virterror.h). */
public final class ErrorNumbers {
    private ErrorNumbers() {}

    /** virErrorNumber. */
    public static int of(ErrorCode code) {
        return switch (code) {
            case INTERNAL_ERROR -> 1;
            case NO_MEMORY -> 2;
            case NO_SUPPORT -> 3;
            case INVALID_ARG -> 8;
            case OPERATION_FAILED -> 9;
            case XML_ERROR -> 27;
            case DOMAIN_EXISTS -> 28;
            case OPERATION_DENIED -> 29;
            case SYSTEM_ERROR -> 38;
            case NO_DOMAIN -> 42;
            case NO_NETWORK -> 43;
            case NO_STORAGE_POOL -> 49;
            case NO_STORAGE_VOLUME -> 50;
            case NO_NODE_DEVICE -> 53;
            case OPERATION_INVALID -> 55;
            case NO_INTERFACE -> 57;
            case NO_NWFILTER -> 62;
            case NO_SECRET -> 66;
            case CONFIG_UNSUPPORTED -> 67;
            case OPERATION_TIMEOUT -> 68;
            case NO_DOMAIN_SNAPSHOT -> 72;
            case ARGUMENT_UNSUPPORTED -> 74;
            case STORAGE_POOL_BUILT -> 76;
            case NO_DOMAIN_METADATA -> 80;
            case OPERATION_UNSUPPORTED -> 84;
            case RESOURCE_BUSY -> 87;
            case STORAGE_VOLUME_EXISTS -> 90;
            case XML_INVALID_SCHEMA -> 92;
        };
    }

    /** virErrorNumber of a refused document, on which libvirt's clients branch. */
    public static int of(XmlErrorKind kind) {
        return switch (kind) {
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

    /** virErrorDomain. */
    public static int of(ErrorDomain domain) {
        return switch (domain) {
            case XML -> 5;
            case RPC -> 7;
            case CONF -> 9;
            case LXC -> 17;
            case STORAGE -> 18;
            case NETWORK -> 19;
            case DOMAIN -> 20;
            case NODE_DEVICE -> 22;
            case SECURITY -> 24;
            case INTERFACE -> 26;
            case SECRET -> 30;
            case NWFILTER -> 33;
            case DOMAIN_SNAPSHOT -> 35;
            case STREAMS -> 38;
            case CAPABILITIES -> 44;
        };
    }
}

package io.fairlead.libvirt.error;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.number.ErrorNumbers;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;

/** The form of errors for clients: libvirt's code, its domain, and its standard text in front of the detail. */
public final class Errors {
    private static final int LEVEL_ERROR = 2;
    private static final int FROM_NONE = 0;
    private static final int NO_CONNECT = 5;
    private static final int NO_NWFILTER_BINDING = 101;
    private static final int NO_HOSTNAME = 108;

    private Errors() {}

    /** Returns null for failures that a client should see only as an internal error. */
    public static RpcError of(Throwable failure) {
        if (failure instanceof EngineException e) {
            return error(e.code(), ErrorNumbers.of(e.domain()), e.getMessage());
        }
        if (failure instanceof XmlException e) {
            return document(e, ErrorDomain.DOMAIN);
        }
        return null;
    }

    /** @param domain the part of libvirt that reads documents of this kind */
    public static RpcError document(XmlException e, ErrorDomain domain) {
        return RpcError.of(
                ErrorNumbers.of(e.kind()), origin(e.origin(), domain), e.kind().words() + "%s", e.detail());
    }

    private static int origin(XmlOrigin origin, ErrorDomain document) {
        return switch (origin) {
            case DOCUMENT -> ErrorNumbers.of(document);
            case XML -> ErrorNumbers.of(ErrorDomain.XML);
            case VALUE -> FROM_NONE;
            case DRIVER -> ErrorNumbers.of(ErrorDomain.LXC);
            case CAPABILITIES -> ErrorNumbers.of(ErrorDomain.CAPABILITIES);
            case NETWORK -> ErrorNumbers.of(ErrorDomain.NETWORK);
            case CONFIG -> ErrorNumbers.of(ErrorDomain.CONF);
        };
    }

    private static RpcError error(ErrorCode code, int domain, String detail) {
        return RpcError.of(ErrorNumbers.of(code), domain, format(code), detail);
    }

    /** A function about domains that no driver here has. */
    public static RpcException unsupported(String function) {
        return new RpcException(error(ErrorCode.NO_SUPPORT, ErrorNumbers.of(ErrorDomain.DOMAIN), function));
    }

    /** A flag that the procedure does not know; worded and laid out as virCheckFlags does it. */
    public static RpcException unsupportedFlags(String function, int flags) {
        return argument(
                ErrorDomain.LXC,
                function,
                "flags",
                "unsupported flags (0x%x) in function %s".formatted(flags, function));
    }

    /** An argument refused by libvirt's public entry points, which put function and argument in str1 and str2. */
    public static RpcException argument(String function, String argument, String message) {
        return argument(ErrorDomain.DOMAIN, function, argument, message);
    }

    private static RpcException argument(ErrorDomain domain, String function, String argument, String message) {
        return new RpcException(new RpcError(
                ErrorNumbers.of(ErrorCode.INVALID_ARG),
                ErrorNumbers.of(domain),
                message,
                LEVEL_ERROR,
                null,
                function,
                argument,
                null,
                0,
                0,
                null));
    }

    /** A refused argument about the machine, for which libvirt uses the error domain "none". */
    public static RpcException hostArgument(String function, String argument, String message) {
        return new RpcException(new RpcError(
                ErrorNumbers.of(ErrorCode.INVALID_ARG),
                FROM_NONE,
                message,
                LEVEL_ERROR,
                null,
                function,
                argument,
                null,
                0,
                0,
                null));
    }

    public static RpcException host(ErrorCode code, String detail) {
        return new RpcException(error(code, FROM_NONE, detail));
    }

    /** Refused because the connection is read-only, although it may call the procedure with other arguments. */
    public static RpcException readOnly(String detail) {
        return new RpcException(error(ErrorCode.OPERATION_DENIED, ErrorNumbers.of(ErrorDomain.DOMAIN), detail));
    }

    /** A request that the daemon itself refuses, before any driver. */
    public static RpcException rpc(ErrorCode code, String detail) {
        return new RpcException(error(code, ErrorNumbers.of(ErrorDomain.RPC), detail));
    }

    public static RpcException noDriver(String name) {
        return new RpcException(RpcError.of(NO_CONNECT, FROM_NONE, "no connection driver available for %s", name));
    }

    public static RpcException noHostname(String domainName) {
        return new RpcException(RpcError.of(
                NO_HOSTNAME,
                ErrorNumbers.of(ErrorDomain.LXC),
                "no hostname found: %s",
                "no hostname found for domain %s".formatted(domainName)));
    }

    public static RpcException noNwFilterBinding(String portDevice) {
        return new RpcException(RpcError.of(
                NO_NWFILTER_BINDING,
                ErrorNumbers.of(ErrorDomain.NWFILTER),
                "Network filter binding not found: %s",
                "no nwfilter binding for port dev '%s'".formatted(portDevice)));
    }

    /** virErrorMsgStrings of libvirt 9.0's virerror.c, for the codes that the engine uses. */
    private static String format(ErrorCode code) {
        return switch (code) {
            case INTERNAL_ERROR -> "internal error: %s";
            case NO_MEMORY -> "out of memory: %s";
            case NO_SUPPORT -> "this function is not supported by the connection driver: %s";
            case INVALID_ARG -> "invalid argument: %s";
            case OPERATION_FAILED -> "operation failed: %s";
            case XML_ERROR -> "XML error: %s";
            case DOMAIN_EXISTS -> "domain %s exists already";
            case OPERATION_DENIED -> "operation forbidden: %s";
            case SYSTEM_ERROR -> "%s";
            case NO_DOMAIN -> "Domain not found: %s";
            case NO_NETWORK -> "Network not found: %s";
            case NO_STORAGE_POOL -> "Storage pool not found: %s";
            case NO_STORAGE_VOLUME -> "Storage volume not found: %s";
            case NO_NODE_DEVICE -> "Node device not found: %s";
            case OPERATION_INVALID -> "Requested operation is not valid: %s";
            case NO_INTERFACE -> "Interface not found: %s";
            case NO_NWFILTER -> "Network filter not found: %s";
            case NO_SECRET -> "Secret not found: %s";
            case CONFIG_UNSUPPORTED -> "unsupported configuration: %s";
            case OPERATION_TIMEOUT -> "Timed out during operation: %s";
            case NO_DOMAIN_SNAPSHOT -> "Domain snapshot not found: %s";
            case ARGUMENT_UNSUPPORTED -> "argument unsupported: %s";
            case STORAGE_POOL_BUILT -> "Storage pool already built: %s";
            case NO_DOMAIN_METADATA -> "metadata not found: %s";
            case OPERATION_UNSUPPORTED -> "Operation not supported: %s";
            case RESOURCE_BUSY -> "resource busy: %s";
            case STORAGE_VOLUME_EXISTS -> "storage volume %s exists already";
            case XML_INVALID_SCHEMA -> "XML document failed to validate against schema: %s";
        };
    }
}

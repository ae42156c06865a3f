package io.fairlead.kit.error;

/**
 * Kinds of errors, under libvirt's names (virErrorNumber, include/libvirt/virterror.h). The numbers are wire format.
 */
public enum ErrorCode {
    INTERNAL_ERROR(1),
    NO_MEMORY(2),
    NO_SUPPORT(3),
    INVALID_ARG(8),
    OPERATION_FAILED(9),
    XML_ERROR(27),
    DOMAIN_EXISTS(28),
    OPERATION_DENIED(29),
    SYSTEM_ERROR(38),
    NO_DOMAIN(42),
    NO_NETWORK(43),
    NO_STORAGE_POOL(49),
    NO_STORAGE_VOLUME(50),
    NO_NODE_DEVICE(53),
    OPERATION_INVALID(55),
    NO_INTERFACE(57),
    NO_NWFILTER(62),
    NO_SECRET(66),
    CONFIG_UNSUPPORTED(67),
    OPERATION_TIMEOUT(68),
    NO_DOMAIN_SNAPSHOT(72),
    ARGUMENT_UNSUPPORTED(74),
    STORAGE_POOL_BUILT(76),
    NO_DOMAIN_METADATA(80),
    OPERATION_UNSUPPORTED(84),
    RESOURCE_BUSY(87),
    STORAGE_VOLUME_EXISTS(90),
    XML_INVALID_SCHEMA(92);

    private final int libvirtCode;

    ErrorCode(int libvirtCode) {
        this.libvirtCode = libvirtCode;
    }

    public int libvirtCode() {
        return libvirtCode;
    }
}

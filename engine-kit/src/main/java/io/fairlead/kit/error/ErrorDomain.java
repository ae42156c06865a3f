package io.fairlead.kit.error;

/**
 * The part of the engine that raised an error (virErrorDomain, include/libvirt/virterror.h). The numbers are wire
 * format.
 */
public enum ErrorDomain {
    XML(5),
    RPC(7),
    CONF(9),
    LXC(17),
    STORAGE(18),
    NETWORK(19),
    DOMAIN(20),
    NODE_DEVICE(22),
    SECURITY(24),
    INTERFACE(26),
    SECRET(30),
    NWFILTER(33),
    DOMAIN_SNAPSHOT(35),
    STREAMS(38);

    private final int libvirtCode;

    ErrorDomain(int libvirtCode) {
        this.libvirtCode = libvirtCode;
    }

    public int libvirtCode() {
        return libvirtCode;
    }
}

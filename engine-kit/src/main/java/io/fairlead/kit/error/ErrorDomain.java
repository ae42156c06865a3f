package io.fairlead.kit.error;

/** The part of the engine that raised an error, under libvirt's names (virErrorDomain). */
public enum ErrorDomain {
    XML,
    RPC,
    CONF,
    LXC,
    STORAGE,
    NETWORK,
    DOMAIN,
    NODE_DEVICE,
    SECURITY,
    INTERFACE,
    SECRET,
    NWFILTER,
    DOMAIN_SNAPSHOT,
    STREAMS,
    CAPABILITIES
}

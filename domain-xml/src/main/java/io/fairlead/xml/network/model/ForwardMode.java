package io.fairlead.xml.network.model;

import java.util.Locale;

/** How a network reaches the world. */
public enum ForwardMode {
    /** Isolated: no way out. */
    NONE,
    NAT,
    ROUTE,
    /** Routed, and the firewall is left alone. */
    OPEN,
    BRIDGE,
    PRIVATE,
    VEPA,
    PASSTHROUGH,
    HOSTDEV;

    /** libvirt's word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the network is a bridge of its own, with addresses, names and leases. */
    public boolean ownsBridge() {
        return compareTo(OPEN) <= 0;
    }
}

package io.fairlead.rpc.protocol;

/** How the binding of a packet filter to a device is named on the wire. */
public record NwFilterBindingRef(String portdev, String filtername) {}

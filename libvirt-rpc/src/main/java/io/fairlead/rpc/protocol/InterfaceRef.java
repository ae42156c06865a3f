package io.fairlead.rpc.protocol;

/** How a network interface of the host is named on the wire. */
public record InterfaceRef(String name, String mac) {}

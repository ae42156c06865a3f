package io.fairlead.rpc.protocol;

/** How a snapshot of a domain is named on the wire. */
public record SnapshotRef(String name, DomainRef dom) {}

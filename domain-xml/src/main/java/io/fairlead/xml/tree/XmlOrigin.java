package io.fairlead.xml.tree;

/**
 * The part of libvirt that finds a fault in a document. Clients see it beside the kind of the fault; which one it is
 * was recorded of libvirt 9.0 (emptied/places.txt among the test resources).
 */
public enum XmlOrigin {
    /** The reader of this kind of document: domain, pool and volume, snapshot, network, or filter. */
    DOCUMENT,
    /** What all readers share: the root's name, choices and numbers in attributes, schemas. */
    XML,
    /** The language of one value, which is also used outside documents: a set, a unit, a rate. */
    VALUE,
    /** The LXC driver, for the elements of its own namespace. */
    DRIVER,
    /** The list of what the host can run. */
    CAPABILITIES,
    /** The networks, for routes. */
    NETWORK,
    /** The reader of configuration files. */
    CONFIG
}

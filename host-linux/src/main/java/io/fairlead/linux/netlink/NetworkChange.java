package io.fairlead.linux.netlink;

/** Something that changed in a namespace, told after it has happened. */
public sealed interface NetworkChange {
    /** A link is new, or something of it changed. */
    record LinkChanged(Link link) implements NetworkChange {}

    /** A link is gone: deleted, or moved to another namespace. */
    record LinkGone(Link link) implements NetworkChange {}

    record AddressChanged(LinkAddress address) implements NetworkChange {}

    record AddressGone(LinkAddress address) implements NetworkChange {}

    /** The reader was too slow and changes were lost: list again what matters. */
    record Overrun() implements NetworkChange {}
}

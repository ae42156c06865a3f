package io.fairlead.linux.netlink;

import java.util.Set;

/**
 * An IP address of a link.
 *
 * @param link index
 * @param prefix the address itself, with the length of its subnet
 * @param flags when it is added, {@code NODAD} and {@code NOPREFIXROUTE} count
 */
public record LinkAddress(int link, IpPrefix prefix, Set<AddressFlag> flags) {
    public LinkAddress {
        flags = Set.copyOf(flags);
    }

    public static LinkAddress of(int link, String prefix, AddressFlag... flags) {
        return new LinkAddress(link, IpPrefix.parse(prefix), Set.of(flags));
    }
}

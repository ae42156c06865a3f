package io.fairlead.linux.netlink;

/**
 * A link as the kernel shows it in one namespace.
 *
 * @param index at least 1; unique in its namespace. A new link may get the index of one that is gone.
 * @param kind the kernel's name for the kind, such as {@code veth}; empty for lo and hardware
 * @param flags bits of linux/if.h
 * @param mac null if the link has none of six bytes
 * @param permanentMac as the hardware was made with; null if there is no hardware
 * @param mtu in bytes
 * @param master index of the link that this one is a port of, or 0
 * @param lower index of the link below, or of the other end of a pair, in the namespace of that link; 0 if there is
 *     none
 * @param statistics null in events that come without
 * @param bridge how this bridge is set, null if it is none
 * @param macvlanMode null if this is no macvlan or macvtap
 * @param port how this port of a bridge is set, null if it is none
 */
public record Link(
        int index,
        String name,
        String kind,
        int flags,
        MacAddress mac,
        MacAddress permanentMac,
        int mtu,
        int master,
        int lower,
        LinkStatistics statistics,
        LinkKind.Bridge bridge,
        MacvlanMode macvlanMode,
        BridgePort port) {
    /** An administrator has brought it up. */
    public static final int IFF_UP = 1;

    public static final int IFF_LOOPBACK = 8;
    /** It has a carrier: the cable, or the other end, is there and up. */
    public static final int IFF_LOWER_UP = 0x10000;

    public boolean up() {
        return (flags & IFF_UP) != 0;
    }

    public boolean carrier() {
        return (flags & IFF_LOWER_UP) != 0;
    }
}

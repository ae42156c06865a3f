package io.fairlead.linux.netlink;

/**
 * Where an address on a link is, as ARP or neighbour discovery has found out.
 *
 * @param link index
 * @param mac null as long as no answer has come
 * @param state bits of linux/neighbour.h
 */
public record Neighbour(int link, IpAddress address, MacAddress mac, int state) {
    public static final int NUD_FAILED = 0x20;
    /** The kernel does not ask for this one, such as a multicast address. */
    public static final int NUD_NOARP = 0x40;
    /** Set by hand; never asked for, never forgotten. */
    public static final int NUD_PERMANENT = 0x80;

    public static Neighbour permanent(int link, IpAddress address, MacAddress mac) {
        return new Neighbour(link, address, mac, NUD_PERMANENT);
    }
}

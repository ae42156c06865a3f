package io.fairlead.linux.netlink;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Messages about addresses (rtnetlink(7), linux/if_addr.h). The fixed part is struct ifaddrmsg:
 * <pre>| family 1 | prefix length 1 | flags 1 | scope 1 | index 4 |</pre>
 */
final class AddressCodec {
    static final int NEW = 20;
    static final int DELETE = 21;
    static final int GET = 22;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private static final int HEAD_BYTES = 8;

    private static final int ADDRESS = 1; // of the other end, on a link between two points
    private static final int LOCAL = 2;
    private static final int FLAGS = 8;

    private AddressCodec() {}

    static int family(IpAddress address) {
        return address.v6() ? AF_INET6 : AF_INET;
    }

    /** Whether a message is about one of the two families that have a value here. */
    static boolean known(NetlinkMessage message) throws ProtocolException {
        int family = message.head(1).get(0) & 0xff;
        return family == AF_INET || family == AF_INET6;
    }

    static RequestWriter add(LinkAddress address) {
        return write(NEW, RequestWriter.CREATE | RequestWriter.EXCLUSIVE, address);
    }

    static RequestWriter replace(LinkAddress address) {
        return write(NEW, RequestWriter.CREATE | RequestWriter.REPLACE, address);
    }

    static RequestWriter delete(LinkAddress address) {
        return write(DELETE, 0, address);
    }

    private static RequestWriter write(int type, int flags, LinkAddress address) {
        IpPrefix prefix = address.prefix();
        byte[] bytes = prefix.address().bytes();
        return new RequestWriter(type, flags | RequestWriter.ACK)
                .u8(family(prefix.address()))
                .u8(prefix.length())
                .u8(0)
                .u8(0)
                .u32(address.link())
                .attribute(LOCAL, bytes)
                .attribute(ADDRESS, bytes)
                .attributeU32(FLAGS, AddressFlag.bits(address.flags()));
    }

    static RequestWriter list() {
        return new RequestWriter(GET, RequestWriter.DUMP)
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(0)
                .u32(0);
    }

    static LinkAddress read(NetlinkMessage message) throws ProtocolException {
        ByteBuffer head = message.head(HEAD_BYTES);
        boolean v6 = (head.get(0) & 0xff) == AF_INET6;
        Attributes attributes = message.attributes(HEAD_BYTES);
        IpAddress local = attributes.address(LOCAL, v6);
        IpAddress address = local == null ? attributes.address(ADDRESS, v6) : local;
        if (address == null) {
            throw new ProtocolException("an address of link %d is missing".formatted(head.getInt(4)));
        }
        Set<AddressFlag> flags = AddressFlag.of(attributes.u32(FLAGS, head.get(2) & 0xff));
        try {
            return new LinkAddress(head.getInt(4), new IpPrefix(address, head.get(1) & 0xff), flags);
        } catch (IllegalArgumentException e) {
            throw LinkCodec.malformed(e);
        }
    }
}

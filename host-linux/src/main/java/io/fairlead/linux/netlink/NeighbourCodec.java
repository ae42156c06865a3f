package io.fairlead.linux.netlink;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Messages about neighbours (rtnetlink(7), linux/neighbour.h). The fixed part is struct ndmsg:
 * <pre>| family 1 | padding 3 | index 4 | state 2 | flags 1 | type 1 |</pre>
 */
final class NeighbourCodec {
    static final int NEW = 28;
    static final int DELETE = 29;
    static final int GET = 30;

    private static final int HEAD_BYTES = 12;

    private static final int DESTINATION = 1;
    private static final int LINK_ADDRESS = 2;

    private NeighbourCodec() {}

    static RequestWriter replace(Neighbour neighbour) {
        if (neighbour.mac() == null) {
            throw new IllegalArgumentException("neighbour %s: no hardware address".formatted(neighbour.address()));
        }
        return write(NEW, RequestWriter.CREATE | RequestWriter.REPLACE, neighbour)
                .attribute(LINK_ADDRESS, neighbour.mac().bytes());
    }

    static RequestWriter delete(Neighbour neighbour) {
        return write(DELETE, 0, neighbour);
    }

    private static RequestWriter write(int type, int flags, Neighbour neighbour) {
        return new RequestWriter(type, flags | RequestWriter.ACK)
                .u8(AddressCodec.family(neighbour.address()))
                .u8(0)
                .u16(0)
                .u32(neighbour.link())
                .u16(neighbour.state())
                .u8(0)
                .u8(0)
                .attribute(DESTINATION, neighbour.address().bytes());
    }

    static RequestWriter list() {
        return new RequestWriter(GET, RequestWriter.DUMP).u32(0).u32(0).u32(0);
    }

    static Neighbour read(NetlinkMessage message) throws ProtocolException {
        ByteBuffer head = message.head(HEAD_BYTES);
        Attributes attributes = message.attributes(HEAD_BYTES);
        boolean v6 = (head.get(0) & 0xff) == AddressCodec.AF_INET6;
        IpAddress address = attributes.address(DESTINATION, v6);
        if (address == null) {
            throw new ProtocolException("a neighbour on link %d has no address".formatted(head.getInt(4)));
        }
        return new Neighbour(head.getInt(4), address, attributes.mac(LINK_ADDRESS), head.getShort(8) & 0xffff);
    }
}

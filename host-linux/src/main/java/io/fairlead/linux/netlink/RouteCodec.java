package io.fairlead.linux.netlink;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Messages about routes (rtnetlink(7), linux/rtnetlink.h). The fixed part is struct rtmsg:
 * <pre>
 * | family 1 | destination length 1 | source length 1 | tos 1 | table 1 | protocol 1 | scope 1 | type 1 | flags 4 |
 * </pre>
 */
final class RouteCodec {
    static final int NEW = 24;
    static final int DELETE = 25;
    static final int GET = 26;

    private static final int HEAD_BYTES = 12;

    private static final int TABLE_MAIN = 254;
    private static final int PROTOCOL_STATIC = 4; // set by an administrator
    private static final int SCOPE_UNIVERSE = 0;
    private static final int SCOPE_LINK = 253;
    private static final int SCOPE_NOWHERE = 255; // for a deletion: any
    private static final int TYPE_UNICAST = 1;
    private static final int FLAG_CLONED = 0x200; // a cache's entry, not a route

    private static final int DESTINATION = 1;
    private static final int OUTPUT = 4;
    private static final int GATEWAY = 5;
    private static final int PRIORITY = 6;
    private static final int TABLE = 15;

    private RouteCodec() {}

    static RequestWriter add(Route route) {
        return write(NEW, RequestWriter.CREATE | RequestWriter.EXCLUSIVE, route);
    }

    static RequestWriter replace(Route route) {
        return write(NEW, RequestWriter.CREATE | RequestWriter.REPLACE, route);
    }

    static RequestWriter delete(Route route) {
        return write(DELETE, 0, route);
    }

    private static RequestWriter write(int type, int flags, Route route) {
        IpAddress destination = route.destination().address();
        boolean linkScope = route.gateway() == null && !destination.v6();
        int scope = type == DELETE ? SCOPE_NOWHERE : linkScope ? SCOPE_LINK : SCOPE_UNIVERSE;
        RequestWriter request = new RequestWriter(type, flags | RequestWriter.ACK)
                .u8(AddressCodec.family(destination))
                .u8(route.destination().length())
                .u8(0)
                .u8(0)
                .u8(TABLE_MAIN)
                .u8(type == DELETE ? 0 : PROTOCOL_STATIC)
                .u8(scope)
                .u8(TYPE_UNICAST)
                .u32(0);
        if (route.destination().length() > 0) {
            request.attribute(DESTINATION, destination.bytes());
        }
        if (route.gateway() != null) {
            request.attribute(GATEWAY, route.gateway().bytes());
        }
        if (route.link() != 0) {
            request.attributeU32(OUTPUT, route.link());
        }
        return route.metric() == 0 ? request : request.attributeU32(PRIORITY, route.metric());
    }

    static RequestWriter list() {
        RequestWriter request = new RequestWriter(GET, RequestWriter.DUMP);
        return request.u32(0).u8(TABLE_MAIN).u8(0).u8(0).u8(0).u32(0);
    }

    /** Empty for a route of another table, kind or family. */
    static Optional<Route> read(NetlinkMessage message) throws ProtocolException {
        ByteBuffer head = message.head(HEAD_BYTES);
        Attributes attributes = message.attributes(HEAD_BYTES);
        int table = attributes.u32(TABLE, head.get(4) & 0xff);
        boolean cloned = (head.getInt(8) & FLAG_CLONED) != 0;
        if (!AddressCodec.known(message) || table != TABLE_MAIN || head.get(7) != TYPE_UNICAST || cloned) {
            return Optional.empty();
        }
        boolean v6 = (head.get(0) & 0xff) == AddressCodec.AF_INET6;
        IpAddress destination = attributes.address(DESTINATION, v6);
        try {
            IpPrefix prefix =
                    new IpPrefix(destination == null ? IpAddress.unspecified(v6) : destination, head.get(1) & 0xff);
            IpAddress gateway = attributes.address(GATEWAY, v6);
            return Optional.of(new Route(prefix, gateway, attributes.u32(OUTPUT, 0), attributes.u32(PRIORITY, 0)));
        } catch (IllegalArgumentException e) {
            throw LinkCodec.malformed(e);
        }
    }
}

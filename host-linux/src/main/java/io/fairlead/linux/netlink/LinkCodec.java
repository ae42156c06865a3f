package io.fairlead.linux.netlink;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Messages about links (rtnetlink(7), linux/if_link.h). The fixed part is struct ifinfomsg:
 * <pre>| family 1 | padding 1 | type 2 | index 4 | flags 4 | change 4 |</pre>
 */
final class LinkCodec {
    static final int NEW = 16;
    static final int DELETE = 17;
    static final int GET = 18;

    private static final int HEAD_BYTES = 16;

    private static final int ADDRESS = 1;
    private static final int IFNAME = 3;
    private static final int MTU = 4;
    private static final int LINK = 5;
    private static final int MASTER = 10;
    private static final int LINKINFO = 18;
    private static final int STATS64 = 23;
    private static final int NET_NS_FD = 28;
    private static final int PERM_ADDRESS = 54;

    private static final int INFO_KIND = 1;
    private static final int INFO_DATA = 2;
    private static final int INFO_SLAVE_KIND = 4;
    private static final int INFO_SLAVE_DATA = 5;

    private static final int BR_FORWARD_DELAY = 1;
    private static final int BR_STP_STATE = 5;
    private static final int BR_VLAN_FILTERING = 7;

    private static final int PORT_MODE = 4; // hairpin
    private static final int PORT_LEARNING = 8;
    private static final int PORT_UNICAST_FLOOD = 9;
    private static final int PORT_ISOLATED = 33;

    private static final int VETH_INFO_PEER = 1;
    private static final int MACVLAN_MODE = 1;

    /** The kernel tells times of a bridge in hundredths of a second, whatever its own clock (USER_HZ). */
    private static final long MILLIS_PER_TICK = 10;

    private LinkCodec() {}

    static RequestWriter create(LinkKind kind, LinkSettings settings) {
        if (settings.name() == null) {
            throw new IllegalArgumentException("a new link needs a name");
        }
        RequestWriter request =
                new RequestWriter(NEW, RequestWriter.ACK | RequestWriter.CREATE | RequestWriter.EXCLUSIVE);
        head(request, 0, settings);
        settings(request, settings);
        if (kind instanceof LinkKind.Macvlan macvlan) {
            request.attributeU32(LINK, macvlan.lower());
        }
        return request.nested(LINKINFO, info -> {
            info.text(INFO_KIND, kind.kernelName());
            info.nested(INFO_DATA, data -> data(data, kind));
        });
    }

    static RequestWriter change(int index, LinkSettings settings) {
        RequestWriter request = new RequestWriter(NEW, RequestWriter.ACK);
        head(request, index, settings);
        settings(request, settings);
        return request;
    }

    static RequestWriter changeBridge(int index, LinkKind.Bridge bridge) {
        RequestWriter request = new RequestWriter(NEW, RequestWriter.ACK);
        head(request, index, LinkSettings.none());
        return request.nested(LINKINFO, info -> {
            info.text(INFO_KIND, bridge.kernelName());
            info.nested(INFO_DATA, data -> data(data, bridge));
        });
    }

    static RequestWriter changePort(int index, BridgePort port) {
        RequestWriter request = new RequestWriter(NEW, RequestWriter.ACK);
        head(request, index, LinkSettings.none());
        return request.nested(LINKINFO, info -> {
            info.text(INFO_SLAVE_KIND, "bridge");
            info.nested(INFO_SLAVE_DATA, data -> {
                flag(data, PORT_MODE, port.hairpin());
                flag(data, PORT_LEARNING, port.learning());
                flag(data, PORT_UNICAST_FLOOD, port.unicastFlood());
                flag(data, PORT_ISOLATED, port.isolated());
            });
        });
    }

    static RequestWriter delete(int index) {
        RequestWriter request = new RequestWriter(DELETE, RequestWriter.ACK);
        head(request, index, LinkSettings.none());
        return request;
    }

    static RequestWriter list() {
        RequestWriter request = new RequestWriter(GET, RequestWriter.DUMP);
        head(request, 0, LinkSettings.none());
        return request;
    }

    static RequestWriter get(int index) {
        RequestWriter request = new RequestWriter(GET, 0);
        head(request, index, LinkSettings.none());
        return request;
    }

    static RequestWriter get(String name) {
        RequestWriter request = new RequestWriter(GET, 0);
        head(request, 0, LinkSettings.none());
        return request.text(IFNAME, name);
    }

    private static void head(RequestWriter request, int index, LinkSettings settings) {
        int flags = Boolean.TRUE.equals(settings.up()) ? Link.IFF_UP : 0;
        int change = settings.up() == null ? 0 : Link.IFF_UP;
        request.u8(0).u8(0).u16(0).u32(index).u32(flags).u32(change);
    }

    private static void settings(RequestWriter request, LinkSettings settings) {
        if (settings.name() != null) {
            request.text(IFNAME, settings.name());
        }
        if (settings.mac() != null) {
            request.attribute(ADDRESS, settings.mac().bytes());
        }
        if (settings.mtu() != null) {
            request.attributeU32(MTU, settings.mtu());
        }
        if (settings.master() != null) {
            request.attributeU32(MASTER, settings.master());
        }
        if (settings.namespace() != null) {
            request.attributeU32(NET_NS_FD, settings.namespace().number());
        }
    }

    private static void data(RequestWriter data, LinkKind kind) {
        if (kind instanceof LinkKind.Bridge bridge) {
            if (bridge.forwardDelay() != null) {
                data.attributeU32(BR_FORWARD_DELAY, (int) (bridge.forwardDelay().toMillis() / MILLIS_PER_TICK));
            }
            if (bridge.stp() != null) {
                data.attributeU32(BR_STP_STATE, bridge.stp() ? 1 : 0);
            }
            flag(data, BR_VLAN_FILTERING, bridge.vlanFiltering());
        } else if (kind instanceof LinkKind.Veth veth) {
            data.nested(VETH_INFO_PEER, peer -> {
                head(peer, 0, veth.peer());
                settings(peer, veth.peer());
            });
        } else if (kind instanceof LinkKind.Macvlan macvlan) {
            data.attributeU32(MACVLAN_MODE, macvlan.mode().number);
        }
    }

    private static void flag(RequestWriter out, int attribute, Boolean value) {
        if (value != null) {
            out.attributeU8(attribute, value ? 1 : 0);
        }
    }

    static Link read(NetlinkMessage message) throws ProtocolException {
        ByteBuffer head = message.head(HEAD_BYTES);
        Attributes attributes = message.attributes(HEAD_BYTES);
        Attributes info = attributes.nested(LINKINFO);
        String name = attributes.text(IFNAME);
        String kind = info.text(INFO_KIND);
        if (name == null) {
            throw new ProtocolException("link %d has no name".formatted(head.getInt(4)));
        }
        return new Link(
                head.getInt(4),
                name,
                kind == null ? "" : kind,
                head.getInt(8),
                attributes.mac(ADDRESS),
                attributes.mac(PERM_ADDRESS),
                attributes.u32(MTU, 0),
                attributes.u32(MASTER, 0),
                attributes.u32(LINK, 0),
                statistics(attributes.atLeast(STATS64, LinkStatistics.COUNTERS * Long.BYTES)),
                "bridge".equals(kind) ? bridge(info.nested(INFO_DATA)) : null,
                "macvlan".equals(kind) || "macvtap".equals(kind) ? macvlanMode(info.nested(INFO_DATA)) : null,
                "bridge".equals(info.text(INFO_SLAVE_KIND)) ? port(info.nested(INFO_SLAVE_DATA)) : null);
    }

    /** struct rtnl_link_stats64: the first eight counters stand in the order of the record. */
    private static LinkStatistics statistics(ByteBuffer counters) {
        return counters == null
                ? null
                : new LinkStatistics(
                        counters.getLong(),
                        counters.getLong(),
                        counters.getLong(),
                        counters.getLong(),
                        counters.getLong(),
                        counters.getLong(),
                        counters.getLong(),
                        counters.getLong());
    }

    private static LinkKind.Bridge bridge(Attributes data) throws ProtocolException {
        Integer ticks = data.u32(BR_FORWARD_DELAY);
        Integer stp = data.u32(BR_STP_STATE);
        try {
            return new LinkKind.Bridge(
                    stp == null ? null : stp != 0,
                    ticks == null ? null : Duration.ofMillis(Integer.toUnsignedLong(ticks) * MILLIS_PER_TICK),
                    data.flag(BR_VLAN_FILTERING));
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    private static MacvlanMode macvlanMode(Attributes data) throws ProtocolException {
        return MacvlanMode.of(data.u32(MACVLAN_MODE, 0));
    }

    private static BridgePort port(Attributes data) throws ProtocolException {
        return new BridgePort(
                data.flag(PORT_ISOLATED),
                data.flag(PORT_MODE),
                data.flag(PORT_LEARNING),
                data.flag(PORT_UNICAST_FLOOD));
    }

    static ProtocolException malformed(IllegalArgumentException cause) {
        ProtocolException failure = new ProtocolException(cause.getMessage());
        failure.initCause(cause);
        return failure;
    }
}

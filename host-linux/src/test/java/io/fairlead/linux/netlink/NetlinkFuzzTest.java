package io.fairlead.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** A datagram is refused, or gives messages that lie in it and values that are possible. */
class NetlinkFuzzTest {
    @MethodSource("datagrams")
    @FuzzTest
    void read_whenADatagramIsAnything_refusesItOrReadsWhatIsThere(byte[] datagram) throws IOException {
        List<NetlinkMessage> messages;
        try {
            messages = NetlinkMessage.read(datagram, datagram.length);
        } catch (ProtocolException e) {
            return;
        }
        int at = 0;
        for (NetlinkMessage message : messages) {
            int body = at + NetlinkMessage.HEAD_BYTES;
            assertArrayEquals(Arrays.copyOfRange(datagram, body, body + message.body().length), message.body());
            at = NetlinkMessage.align(body + message.body().length);
            try {
                values(message);
            } catch (ProtocolException e) {
                assertTrue(e.getMessage() != null);
            }
        }
        assertTrue(at >= datagram.length, at + " of " + datagram.length);
    }

    private static void values(NetlinkMessage message) throws IOException {
        switch (message.type()) {
            case NetlinkMessage.ERROR, NetlinkMessage.DONE -> {
                message.errno();
                message.explanation();
            }
            case RouteCodec.NEW -> RouteCodec.read(message)
                    .ifPresent(route -> assertTrue(
                            route.destination().contains(route.destination().address())));
            case NeighbourCodec.NEW -> NeighbourCodec.read(message);
            default -> KernelNetworkChanges.change(message);
        }
    }

    static List<byte[]> datagrams() {
        LinkSettings settings =
                LinkSettings.named("v0").withMaster(2).withMtu(1400).withUp(true);
        IpAddress gateway = IpAddress.parse("2001:db8::1");
        MacAddress mac = MacAddress.parse("52:54:00:12:34:56");
        return List.of(
                LinkCodec.create(LinkKind.Bridge.plain(), settings).finish(1, 2),
                LinkCodec.create(new LinkKind.Veth(LinkSettings.named("v1").withMac(mac)), settings)
                        .finish(1, 2),
                LinkCodec.changePort(3, new BridgePort(true, false, true, false))
                        .finish(1, 2),
                AddressCodec.add(LinkAddress.of(2, "192.0.2.1/24", AddressFlag.NODAD))
                        .finish(1, 2),
                RouteCodec.add(Route.byDefault(gateway, 2)).finish(1, 2),
                NeighbourCodec.replace(Neighbour.permanent(2, gateway, mac)).finish(1, 2),
                new RequestWriter(NetlinkMessage.ERROR, NetlinkMessage.EXTENDED | NetlinkMessage.CAPPED)
                        .u32(-22)
                        .u32(16)
                        .u32(0)
                        .u32(0)
                        .u32(0)
                        .text(1, "no")
                        .finish(1, 2));
    }
}

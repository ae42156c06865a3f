package io.fairlead.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.test.RandomTest;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of a little-endian machine, put together by hand from the kernel's headers. */
class NetlinkMessageTest {
    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static void assertBytes(String hex, RequestWriter request) {
        assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(request.finish(7, 0x1234)), "of " + request.type());
    }

    private static NetlinkMessage one(String hex) throws ProtocolException {
        byte[] datagram = bytes(hex);
        return NetlinkMessage.read(datagram, datagram.length).get(0);
    }

    @Test
    void create_ofAPair_hasThePeerInsideWithAHeadOfItsOwn() {
        LinkSettings peer = LinkSettings.named("p")
                .withMac(MacAddress.parse("52:54:00:12:34:56"))
                .withMtu(1400);
        assertBytes(
                "6c000000 1000 0506 07000000 34120000" // 108 bytes, RTM_NEWLINK, REQUEST ACK EXCL CREATE
                        + "00 00 0000 00000000 01000000 01000000" // up
                        + "0700 0300 763000 00" // IFNAME v0, padded
                        + "4400 1200" // LINKINFO
                        + "0900 0100 7665746800 000000" // veth
                        + "3400 0200 3000 0100" // data, peer
                        + "00 00 0000 00000000 00000000 00000000"
                        + "0600 0300 7000 0000" // IFNAME p
                        + "0a00 0100 525400123456 0000"
                        + "0800 0400 78050000",
                LinkCodec.create(
                        new LinkKind.Veth(peer), LinkSettings.named("v0").withUp(true)));
    }

    @Test
    void create_ofABridge_tellsTheDelayInHundredthsOfASecond() {
        assertBytes(
                "4c000000 1000 0506 07000000 34120000"
                        + "00 00 0000 00000000 00000000 00000000"
                        + "0800 0300 62723000" // br0
                        + "2400 1200"
                        + "0b00 0100 62726964676500 00" // bridge
                        + "1400 0200 0800 0100 90010000 0800 0500 01000000", // 400 ticks; stp
                LinkCodec.create(new LinkKind.Bridge(true, Duration.ofSeconds(4), null), LinkSettings.named("br0")));
    }

    @Test
    void add_ofAnAddress_hasItTwiceWithItsFlags() {
        assertBytes(
                "30000000 1400 0506 07000000 34120000"
                        + "02 18 00 00 03000000"
                        + "0800 0200 c0000201 0800 0100 c0000201 0800 0800 00020000",
                AddressCodec.add(LinkAddress.of(3, "192.0.2.1/24", AddressFlag.NOPREFIXROUTE)));
    }

    @Test
    void add_ofADefaultRoute_hasNoDestination() {
        assertBytes(
                "34000000 1800 0506 07000000 34120000"
                        + "02 00 00 00 fe 04 00 01 00000000" // main, static, universe, unicast
                        + "0800 0500 c00002fe 0800 0400 03000000 0800 0600 0a000000",
                RouteCodec.add(
                        Route.byDefault(IpAddress.parse("192.0.2.254"), 3).withMetric(10)));
    }

    @Test
    void explanation_whenTheAnswerIsCapped_followsTheHeadOfTheRequest() throws Exception {
        NetlinkMessage refusal = one("2c000000 0200 0003 07000000 34120000"
                + "ea ffffff" // -EINVAL
                + "54000000 1000 0506 07000000 34120000"
                + "0700 0100 6e6f0000");
        assertEquals(22, refusal.errno());
        assertEquals("no", refusal.explanation());
    }

    @Test
    void explanation_whenTheAnswerHasTheWholeRequest_followsIt() throws Exception {
        NetlinkMessage refusal = one("30000000 0200 0002 07000000 34120000"
                + "eaffffff"
                + "14000000 1000 0506 07000000 34120000 deadbeef"
                + "0700 0100 6e6f0000");
        assertEquals("no", refusal.explanation());
        NetlinkMessage lying = one("30000000 0200 0002 07000000 34120000"
                + "eaffffff"
                + "ffffff7f 1000 0506 07000000 34120000 deadbeef"
                + "0700 0100 6e6f0000");
        assertThrows(ProtocolException.class, lying::explanation);
        assertNull(one("14000000 0200 0001 07000000 34120000 00000000").explanation());
    }

    @Test
    void read_whenALengthLies_refusesAll() {
        for (String hex : List.of(
                "10000000", // cut
                "0f000000 0300 0000 00000000 00000000", // shorter than a head
                "11000000 0300 0000 00000000 00000000", // beyond the end
                "ffffffff 0300 0000 00000000 00000000")) {
            byte[] datagram = bytes(hex);
            assertThrows(ProtocolException.class, () -> NetlinkMessage.read(datagram, datagram.length), hex);
        }
    }

    @Test
    void readLink_whenItsPartsAreShort_isRefused() {
        String head = "00 00 0000 02000000 00000000 00000000";
        for (String hex : List.of(
                "14000000 1000 0000 00000000 00000000 00000000", // half a head
                "20000000 1000 0000 00000000 00000000" + head, // no name
                "28000000 1000 0000 00000000 00000000" + head + "0900 0300 62723000", // beyond the end
                "28000000 1000 0000 00000000 00000000" + head + "0300 0300 62723000", // shorter than its head
                "30000000 1000 0000 00000000 00000000" + head + "0800 0300 62723000 0600 0400 dc050000")) { // mtu
            assertThrows(ProtocolException.class, () -> LinkCodec.read(one(hex)), hex);
        }
    }

    @Test
    void readAddress_whenItIsOfTheOtherFamily_isRefused() {
        String address = "20000000 1400 0000 00000000 00000000" + "0a 18 00 00 03000000" + "0800 0200 c0000201";
        assertThrows(ProtocolException.class, () -> AddressCodec.read(one(address)));
        String prefix = "20000000 1400 0000 00000000 00000000" + "02 21 00 00 03000000" + "0800 0200 c0000201";
        assertThrows(ProtocolException.class, () -> AddressCodec.read(one(prefix)));
    }

    @Test
    void readRoute_whenItIsNotAUnicastRouteOfTheMainTable_isPassedOver() throws Exception {
        String head = "1800 0000 00000000 00000000";
        assertTrue(RouteCodec.read(one("1c000000" + head + "02 00 00 00 fe 04 00 01 00000000"))
                .isPresent());
        for (String hex : List.of(
                "1c000000" + head + "02 00 00 00 ff 04 00 01 00000000", // the local table
                "24000000" + head + "02 00 00 00 fc 04 00 01 00000000" + "0800 0f00 e8030000", // table 1000
                "1c000000" + head + "02 00 00 00 fe 04 00 03 00000000", // broadcast
                "1c000000" + head + "02 00 00 00 fe 04 00 01 00020000", // cloned
                "1c000000" + head + "80 00 00 00 fe 04 00 01 00000000")) { // a multicast family
            assertTrue(RouteCodec.read(one(hex)).isEmpty(), hex);
        }
    }

    /** What is written for the kernel has the form in which the kernel answers. */
    @RandomTest(tries = 200)
    void read_ofWhatWasWritten_givesTheSame(long seed) throws Exception {
        Random random = new Random(seed);
        boolean v6 = random.nextBoolean();
        byte[] address = new byte[v6 ? 16 : 4];
        random.nextBytes(address);
        int length = random.nextInt(address.length * 8 + 1);
        IpPrefix prefix = new IpPrefix(IpAddress.of(address), length);
        int link = 1 + random.nextInt(1000);

        LinkAddress linkAddress = new LinkAddress(link, prefix, AddressFlag.of(random.nextInt(0x400)));
        assertEquals(linkAddress, AddressCodec.read(written(AddressCodec.add(linkAddress))));

        IpAddress gateway = random.nextBoolean() ? IpAddress.of(address) : null;
        Route route = new Route(prefix.network(), gateway, link, random.nextInt());
        assertEquals(route, RouteCodec.read(written(RouteCodec.add(route))).orElseThrow());

        MacAddress mac = new MacAddress(random.nextLong() & (1L << 48) - 1);
        Neighbour neighbour = Neighbour.permanent(link, IpAddress.of(address), mac);
        assertEquals(neighbour, NeighbourCodec.read(written(NeighbourCodec.replace(neighbour))));

        assertEquals(prefix, IpPrefix.parse(prefix.toString()));
        assertEquals(mac, MacAddress.parse(mac.toString()));
    }

    private static NetlinkMessage written(RequestWriter request) throws ProtocolException {
        byte[] bytes = request.finish(1, 2);
        List<NetlinkMessage> messages = NetlinkMessage.read(bytes, bytes.length);
        assertEquals(1, messages.size());
        return messages.get(0);
    }

    @Test
    void read_whenADatagramHasSeveral_givesThemInOrder() throws Exception {
        byte[] datagram = bytes("12000000 0300 0200 05000000 06000000 aabb 0000 10000000 0100 0000 00000000 00000000");
        List<NetlinkMessage> messages = new ArrayList<>(NetlinkMessage.read(datagram, datagram.length));
        assertEquals(2, messages.size());
        assertArrayEquals(bytes("aabb"), messages.get(0).body());
        assertEquals(5, messages.get(0).sequence());
        assertEquals(6, messages.get(0).port());
        assertEquals(NetlinkMessage.NOOP, messages.get(1).type());
    }
}

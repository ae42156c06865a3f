package io.fairlead.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The duties of a network stack. Tests have two namespaces that are connected by nothing but what they make. */
abstract class NetworkStackContract {
    private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** A namespace with lo only. */
    abstract NetworkStack here();

    /** Another one. */
    abstract NetworkStack there();

    abstract Fd hereDescriptor();

    abstract Fd thereDescriptor();

    static ErrnoException assertErrno(int errno, Executable action) {
        ErrnoException failure = assertThrows(ErrnoException.class, action);
        assertEquals(Errno.name(errno), failure.errnoName(), failure.getMessage());
        return failure;
    }

    private int bridge(String name) throws IOException {
        here().create(LinkKind.Bridge.plain(), LinkSettings.named(name).withUp(true));
        return index(here(), name);
    }

    private static int index(NetworkStack stack, String name) throws IOException {
        return stack.link(name).orElseThrow().index();
    }

    private static Link link(NetworkStack stack, String name) throws IOException {
        return stack.link(name).orElseThrow();
    }

    /** v0 here and v1 there, both up. */
    private int pair() throws IOException {
        here().create(
                        new LinkKind.Veth(LinkSettings.named("v1").withNamespace(thereDescriptor())),
                        LinkSettings.named("v0").withUp(true));
        there().change(index(there(), "v1"), LinkSettings.none().withUp(true));
        return index(here(), "v0");
    }

    private static List<String> names(NetworkStack stack) throws IOException {
        return stack.links().stream().map(Link::name).toList();
    }

    @Test
    void links_ofANewNamespace_areLoAlone() throws IOException {
        Link lo = here().links().get(0);
        assertEquals(List.of("lo"), names(here()));
        assertEquals("", lo.kind());
        assertFalse(lo.up());
        assertTrue((lo.flags() & Link.IFF_LOOPBACK) != 0);
        assertEquals(65536, lo.mtu());
    }

    @Test
    void create_whenABridgeIsAskedFor_setsAllThatWasAsked() throws IOException {
        here().create(
                        new LinkKind.Bridge(true, Duration.ofSeconds(4), null),
                        LinkSettings.named("br0").withMac(MAC).withMtu(1400).withUp(true));
        Link made = link(here(), "br0");
        assertEquals("bridge", made.kind());
        assertEquals(MAC, made.mac());
        assertEquals(1400, made.mtu());
        assertTrue(made.up());
        assertEquals(true, made.bridge().stp());
        assertEquals(Duration.ofSeconds(4), made.bridge().forwardDelay());
        assertNull(made.port());
        assertNull(made.permanentMac());
        assertNotNull(made.statistics());
        assertEquals(made.name(), here().link(made.index()).orElseThrow().name());
    }

    @Test
    void create_whenTheNameIsTaken_makesNothing() throws IOException {
        bridge("br0");
        assertErrno(Errno.EEXIST, () -> bridge("br0"));
        LinkSettings peer = LinkSettings.named("br0");
        assertErrno(Errno.EEXIST, () -> here().create(new LinkKind.Veth(peer), LinkSettings.named("v0")));
        assertEquals(List.of("lo", "br0"), names(here()));
    }

    @Test
    void create_whenThePeerBelongsElsewhere_makesItThereAsAsked() throws IOException {
        int bridge = bridge("br0");
        LinkSettings peer =
                LinkSettings.named("eth0").withMac(MAC).withMtu(1400).withNamespace(thereDescriptor());
        here().create(
                        new LinkKind.Veth(peer),
                        LinkSettings.named("v0")
                                .withMtu(1400)
                                .withMaster(bridge)
                                .withUp(true));
        Link near = link(here(), "v0");
        Link far = link(there(), "eth0");
        assertEquals("veth", near.kind());
        assertEquals(bridge, near.master());
        assertTrue(near.up());
        assertFalse(near.carrier(), "the other end is down");
        assertNotNull(near.port());
        assertEquals(far.index(), near.lower());
        assertEquals(MAC, far.mac());
        assertEquals(1400, far.mtu());
        assertFalse(far.up());
        assertEquals(List.of("lo", "br0", "v0"), names(here()));
    }

    @Test
    void create_whenTheMasterIsNoBridge_makesNothing() throws IOException {
        pair();
        int other = index(here(), "v0");
        LinkSettings settings = LinkSettings.named("w0").withMaster(other);
        LinkKind pair = new LinkKind.Veth(LinkSettings.named("w1"));
        assertErrno(Errno.EOPNOTSUPP, () -> here().create(pair, settings));
        assertErrno(Errno.EINVAL, () -> here().create(pair, settings.withMaster(99)));
        assertEquals(List.of("lo", "v0"), names(here()));
    }

    @Test
    void create_whenTheAddressOrTheMtuIsImpossible_makesNothing() throws IOException {
        LinkSettings settings = LinkSettings.named("br0");
        LinkKind kind = LinkKind.Bridge.plain();
        MacAddress group = MacAddress.parse("01:00:5e:00:00:01");
        assertErrno(Errno.EADDRNOTAVAIL, () -> here().create(kind, settings.withMac(group)));
        assertErrno(Errno.EADDRNOTAVAIL, () -> here().create(kind, settings.withMac(new MacAddress(0))));
        assertErrno(Errno.EINVAL, () -> here().create(kind, settings.withMtu(67)));
        assertErrno(Errno.EINVAL, () -> here().create(kind, settings.withMtu(65536)));
        assertEquals(List.of("lo"), names(here()));
    }

    @Test
    void create_whenAMacvlanIsAskedFor_standsOnItsLowerLink() throws IOException {
        int lower = pair();
        for (MacvlanMode mode : List.of(MacvlanMode.PRIVATE, MacvlanMode.VEPA, MacvlanMode.BRIDGE)) {
            here().create(new LinkKind.Macvlan(lower, mode, false), LinkSettings.named("mv-" + mode.ordinal()));
            Link made = link(here(), "mv-" + mode.ordinal());
            assertEquals("macvlan", made.kind());
            assertEquals(mode, made.macvlanMode());
            assertEquals(lower, made.lower());
        }
        LinkKind passthru = new LinkKind.Macvlan(lower, MacvlanMode.PASSTHRU, false);
        assertErrno(Errno.EINVAL, () -> here().create(passthru, LinkSettings.named("mv-p")));
        here().delete(lower);
        assertEquals(List.of("lo"), names(here()));
    }

    @Test
    void create_whenAPassthruIsAskedFor_takesTheAddressOfItsLowerLink() throws IOException {
        int lower = pair();
        here().create(new LinkKind.Macvlan(lower, MacvlanMode.PASSTHRU, false), LinkSettings.named("mv0"));
        assertEquals(link(here(), "v0").mac(), link(here(), "mv0").mac());
        assertEquals(MacvlanMode.PASSTHRU, link(here(), "mv0").macvlanMode());
    }

    /** A container's own link appears under its last name, and the host never has it. */
    @Test
    void create_whenALinkBelongsElsewhere_findsWhatItStandsOnHere() throws IOException {
        int lower = pair();
        here().create(
                        new LinkKind.Macvlan(lower, MacvlanMode.BRIDGE, false),
                        LinkSettings.named("eth0").withNamespace(thereDescriptor()));
        here().create(
                        new LinkKind.Veth(LinkSettings.named("w0")),
                        LinkSettings.named("w1").withNamespace(thereDescriptor()));
        assertEquals(List.of("lo", "v0", "w0"), names(here()));
        assertEquals(Set.of("lo", "v1", "w1", "eth0"), Set.copyOf(names(there())));
        assertEquals(lower, link(there(), "eth0").lower());
        here().delete(lower);
        assertEquals(List.of("lo", "w0"), names(here()));
        assertEquals(Set.of("lo", "w1"), Set.copyOf(names(there())));
    }

    /** Not every kernel has these. */
    @Test
    void create_whenTheKindIsRare_makesItOrSaysThatItIsMissing() throws IOException {
        int lower = pair();
        for (LinkKind kind : List.of(new LinkKind.Dummy(), new LinkKind.Macvlan(lower, MacvlanMode.BRIDGE, true))) {
            try {
                here().create(kind, LinkSettings.named("rare"));
                assertEquals(kind.kernelName(), link(here(), "rare").kind());
                here().delete(index(here(), "rare"));
            } catch (ErrnoException e) {
                assertEquals("EOPNOTSUPP", e.errnoName(), e.getMessage());
            }
            assertTrue(here().link("rare").isEmpty());
        }
    }

    @Test
    void change_whenAllIsSet_setsAll() throws IOException {
        int bridge = bridge("br0");
        here().create(new LinkKind.Veth(LinkSettings.named("v1")), LinkSettings.named("v0"));
        int index = index(here(), "v0");
        here().change(
                        index,
                        LinkSettings.named("web0")
                                .withMac(MAC)
                                .withMtu(9000)
                                .withMaster(bridge)
                                .withUp(true));
        Link changed = here().link(index).orElseThrow();
        assertEquals("web0", changed.name());
        assertEquals(MAC, changed.mac());
        assertEquals(9000, changed.mtu());
        assertEquals(bridge, changed.master());
        assertTrue(changed.up());
        here().change(index, LinkSettings.none().withMaster(0).withUp(false));
        assertEquals(0, here().link(index).orElseThrow().master());
        assertFalse(here().link(index).orElseThrow().up());
        assertEquals("web0", here().link(index).orElseThrow().name());
    }

    @Test
    void change_whenTheNameIsTaken_leavesTheOldOne() throws IOException {
        bridge("br0");
        here().create(LinkKind.Bridge.plain(), LinkSettings.named("br1"));
        int index = index(here(), "br1");
        assertErrno(Errno.EEXIST, () -> here().change(index, LinkSettings.named("br0")));
        assertEquals("br1", here().link(index).orElseThrow().name());
    }

    @Test
    void change_whenALinkMoves_losesAddressesAndMaster() throws IOException {
        int bridge = bridge("br0");
        here().create(
                        new LinkKind.Veth(LinkSettings.named("v1")),
                        LinkSettings.named("v0").withMaster(bridge).withUp(true));
        int index = index(here(), "v0");
        here().add(LinkAddress.of(index, "192.0.2.1/24"));
        here().change(index, LinkSettings.named("eth0").withNamespace(thereDescriptor()));
        assertEquals(List.of("lo", "br0", "v1"), names(here()));
        Link moved = link(there(), "eth0");
        assertFalse(moved.up());
        assertEquals(0, moved.master());
        assertEquals(List.of(), there().addresses());
        assertEquals(List.of(), v4(here().addresses()));
    }

    private static List<LinkAddress> v4(List<LinkAddress> addresses) {
        return addresses.stream().filter(a -> !a.prefix().address().v6()).toList();
    }

    @Test
    void change_whenABridgeOrLoWouldMove_isRefused() throws IOException {
        int bridge = bridge("br0");
        LinkSettings away = LinkSettings.none().withNamespace(thereDescriptor());
        assertErrno(Errno.EINVAL, () -> here().change(bridge, away));
        assertErrno(Errno.EINVAL, () -> here().change(index(here(), "lo"), away));
        assertEquals(List.of("lo", "br0"), names(here()));
    }

    @Test
    void change_whenAPortCannotBeOne_isRefused() throws IOException {
        int bridge = bridge("br0");
        int other = bridge("br1");
        assertErrno(Errno.ELOOP, () -> here().change(other, LinkSettings.none().withMaster(bridge)));
        assertErrno(Errno.EINVAL, () -> here().change(
                        index(here(), "lo"), LinkSettings.none().withMaster(bridge)));
    }

    @Test
    void changeBridge_whenOnlyOneThingIsSet_leavesTheOthers() throws IOException {
        int bridge = bridge("br0");
        here().changeBridge(bridge, new LinkKind.Bridge(null, Duration.ofSeconds(2), null));
        here().changeBridge(bridge, new LinkKind.Bridge(true, null, null));
        assertEquals(true, link(here(), "br0").bridge().stp());
        assertEquals(Duration.ofSeconds(2), link(here(), "br0").bridge().forwardDelay());
    }

    /** Not every kernel can. */
    @Test
    void changeBridge_whenFramesAreToBeKeptApartByVlan_doesSoOrSaysThatItCannot() throws IOException {
        int bridge = bridge("br0");
        try {
            here().changeBridge(bridge, new LinkKind.Bridge(null, null, true));
            assertEquals(true, link(here(), "br0").bridge().vlanFiltering());
        } catch (ErrnoException e) {
            assertEquals("EOPNOTSUPP", e.errnoName(), e.getMessage());
            assertNotEquals(true, link(here(), "br0").bridge().vlanFiltering());
        }
    }

    @Test
    void change_whenTheMtuOfABridgeIsSet_portsDoNotChangeItAnyMore() throws IOException {
        int port = pair();
        here().create(LinkKind.Bridge.plain(), LinkSettings.named("br0").withMtu(1400));
        int bridge = index(here(), "br0");
        here().change(port, LinkSettings.none().withMaster(bridge).withMtu(1300));
        assertEquals(1300, link(here(), "br0").mtu(), "that of its port, not that of its making");
        here().change(bridge, LinkSettings.none().withMtu(1280));
        here().change(port, LinkSettings.none().withMtu(1290));
        assertEquals(1280, link(here(), "br0").mtu());
    }

    @Test
    void changeBridge_whenTheDelayIsOutOfRange_isRefused() throws IOException {
        here().create(new LinkKind.Bridge(true, null, null), LinkSettings.named("br0"));
        LinkKind.Bridge slow = new LinkKind.Bridge(null, Duration.ofSeconds(31), null);
        assertErrno(Errno.ERANGE, () -> here().changeBridge(index(here(), "br0"), slow));
        assertEquals(Duration.ofSeconds(15), link(here(), "br0").bridge().forwardDelay());
    }

    @Test
    void changePort_whenItIsIsolated_leavesTheRest() throws IOException {
        int port = pair();
        assertErrno(Errno.EOPNOTSUPP, () -> here().changePort(port, BridgePort.isolated(true)));
        here().change(port, LinkSettings.none().withMaster(bridge("br0")));
        assertEquals(
                new BridgePort(false, false, true, true), link(here(), "v0").port());
        here().changePort(port, BridgePort.isolated(true));
        assertEquals(new BridgePort(true, false, true, true), link(here(), "v0").port());
        here().changePort(port, new BridgePort(null, true, false, false));
        assertEquals(
                new BridgePort(true, true, false, false), link(here(), "v0").port());
    }

    @Test
    void delete_whenOneEndOfAPairGoes_theOtherGoesToo() throws IOException {
        here().delete(pair());
        assertEquals(List.of("lo"), names(here()));
        assertEquals(List.of("lo"), names(there()));
    }

    @Test
    void delete_whenABridgeGoes_itsPortsStay() throws IOException {
        int port = pair();
        int bridge = bridge("br0");
        here().change(port, LinkSettings.none().withMaster(bridge));
        here().delete(bridge);
        assertEquals(0, link(here(), "v0").master());
    }

    @Test
    void anything_whenThereIsNoSuchLink_saysSo() throws IOException {
        assertErrno(Errno.ENODEV, () -> here().delete(99));
        assertErrno(Errno.EOPNOTSUPP, () -> here().delete(index(here(), "lo")));
        assertErrno(Errno.ENODEV, () -> here().change(99, LinkSettings.none().withUp(true)));
        assertErrno(Errno.ENODEV, () -> here().changeBridge(99, LinkKind.Bridge.plain()));
        assertErrno(Errno.ENODEV, () -> here().changePort(99, BridgePort.isolated(true)));
        assertErrno(Errno.ENODEV, () -> here().add(LinkAddress.of(99, "192.0.2.1/24")));
        assertErrno(Errno.ENODEV, () -> here().add(new Route(IpPrefix.parse("198.51.100.0/24"), null, 99, 0)));
        for (String name : List.of("br0", "", "sixteen-letters-", "a\0b", "lo/", "l%d", "\u00fc")) {
            assertTrue(here().link(name).isEmpty(), name);
        }
        assertTrue(here().link(99).isEmpty());
        assertTrue(here().link(0).isEmpty());
        assertTrue(here().link(-1).isEmpty());
    }

    @Test
    void addresses_whenAdded_areListedAndComeOnce() throws IOException {
        int link = pair();
        LinkAddress v4 = LinkAddress.of(link, "192.0.2.1/24");
        LinkAddress v6 = LinkAddress.of(link, "2001:db8::1/64", AddressFlag.NODAD);
        here().add(v4);
        here().add(v6);
        assertErrno(Errno.EEXIST, () -> here().add(v4));
        assertErrno(Errno.EEXIST, () -> here().add(v6));
        here().replace(v4);
        here().replace(v6);
        List<LinkAddress> all = of("2001:db8::1/64", "192.0.2.1/24");
        assertEquals(2, all.size(), all.toString());
        assertTrue(all.stream().allMatch(a -> a.flags().contains(AddressFlag.PERMANENT)), all.toString());
        assertTrue(all.stream().anyMatch(a -> a.flags().contains(AddressFlag.NODAD)), all.toString());
        here().delete(v4);
        here().delete(v6);
        assertEquals(List.of(), of("2001:db8::1/64", "192.0.2.1/24"));
        assertErrno(Errno.EADDRNOTAVAIL, () -> here().delete(v4));
        assertErrno(Errno.EADDRNOTAVAIL, () -> here().delete(v6));
    }

    private List<LinkAddress> of(String... prefixes) throws IOException {
        Set<IpPrefix> wanted = Set.copyOf(
                java.util.Arrays.stream(prefixes).map(IpPrefix::parse).toList());
        return here().addresses().stream()
                .filter(a -> wanted.contains(a.prefix()))
                .toList();
    }

    @Test
    void add_whenASecondAddressIsOfTheSameSubnet_isSecondaryAndGoesWithTheFirst() throws IOException {
        int link = pair();
        here().add(LinkAddress.of(link, "192.0.2.1/24"));
        here().add(LinkAddress.of(link, "192.0.2.2/24"));
        assertTrue(of("192.0.2.2/24").get(0).flags().contains(AddressFlag.SECONDARY));
        here().delete(LinkAddress.of(link, "192.0.2.1/24"));
        assertEquals(List.of(), of("192.0.2.1/24", "192.0.2.2/24"));
    }

    @Test
    void add_whenAnAddressIsAdded_bringsItsRouteUnlessToldNotTo() throws IOException {
        int link = pair();
        here().add(LinkAddress.of(link, "192.0.2.1/24"));
        here().add(LinkAddress.of(link, "203.0.113.1/24", AddressFlag.NOPREFIXROUTE));
        here().add(LinkAddress.of(link, "2001:db8::1/64", AddressFlag.NODAD));
        List<Route> routes = here().routes();
        assertTrue(routes.contains(new Route(IpPrefix.parse("192.0.2.0/24"), null, link, 0)), routes.toString());
        assertTrue(routes.contains(new Route(IpPrefix.parse("2001:db8::/64"), null, link, 256)), routes.toString());
        assertFalse(routes.stream().anyMatch(r -> r.destination().equals(IpPrefix.parse("203.0.113.0/24"))));
    }

    @Test
    void routes_ofBothFamilies_areAddedReplacedAndDeleted() throws IOException {
        int link = pair();
        here().add(LinkAddress.of(link, "192.0.2.1/24"));
        here().add(LinkAddress.of(link, "2001:db8::1/64", AddressFlag.NODAD));
        route(
                Route.byDefault(IpAddress.parse("192.0.2.254"), link),
                Route.byDefault(IpAddress.parse("192.0.2.253"), link));
        route(
                Route.byDefault(IpAddress.parse("2001:db8::fe"), link).withMetric(1024),
                Route.byDefault(IpAddress.parse("2001:db8::fd"), link).withMetric(1024));
        Route direct = new Route(IpPrefix.parse("198.51.100.0/24"), null, link, 0);
        route(direct, direct);
        Route network = new Route(IpPrefix.parse("198.51.100.0/25"), IpAddress.parse("192.0.2.9"), link, 7);
        route(network, new Route(network.destination(), IpAddress.parse("192.0.2.8"), link, 7));
    }

    private void route(Route route, Route other) throws IOException {
        here().add(route);
        assertErrno(Errno.EEXIST, () -> here().add(route));
        here().add(route.withMetric(2000));
        assertTrue(
                here().routes().containsAll(List.of(route, route.withMetric(2000))),
                here().routes().toString());
        here().replace(other);
        List<Route> routes = here().routes();
        assertTrue(routes.contains(other), routes.toString());
        assertTrue(route.equals(other) || !routes.contains(route), routes.toString());
        here().delete(route.withMetric(2000));
        here().delete(other);
        assertErrno(Errno.ESRCH, () -> here().delete(other));
        assertFalse(here().routes().contains(other));
    }

    @Test
    void add_whenTheLinkOfTheGatewayIsNotGiven_findsIt() throws IOException {
        int link = pair();
        here().add(LinkAddress.of(link, "192.0.2.1/24"));
        here().add(Route.byDefault(IpAddress.parse("192.0.2.254"), 0));
        assertTrue(here().routes().contains(Route.byDefault(IpAddress.parse("192.0.2.254"), link)));
    }

    @Test
    void add_whenTheGatewayCannotBeReached_isRefused() throws IOException {
        int link = pair();
        here().add(LinkAddress.of(link, "192.0.2.1/24"));
        here().add(LinkAddress.of(link, "2001:db8::1/64", AddressFlag.NODAD));
        assertErrno(Errno.ENETUNREACH, () -> here().add(Route.byDefault(IpAddress.parse("198.51.100.1"), link)));
        assertErrno(113, () -> here().add(Route.byDefault(IpAddress.parse("2001:db8:1::1"), link)));
        here().change(link, LinkSettings.none().withUp(false));
        assertErrno(Errno.ENETDOWN, () -> here().add(new Route(IpPrefix.parse("198.51.100.0/24"), null, link, 0)));
    }

    @Test
    void change_whenALinkGoesDown_itsRoutesGo() throws IOException {
        int link = pair();
        here().add(LinkAddress.of(link, "192.0.2.1/24"));
        here().add(Route.byDefault(IpAddress.parse("192.0.2.254"), link));
        here().change(link, LinkSettings.none().withUp(false));
        assertEquals(List.of(), here().routes());
        assertEquals(1, of("192.0.2.1/24").size());
    }

    @Test
    void neighbours_whenSet_areListedReplacedAndDeleted() throws IOException {
        int link = pair();
        for (String address : List.of("192.0.2.7", "2001:db8::7")) {
            Neighbour first = Neighbour.permanent(link, IpAddress.parse(address), MAC);
            Neighbour second = Neighbour.permanent(link, IpAddress.parse(address), new MacAddress(MAC.bits() + 1));
            here().replace(first);
            assertTrue(here().neighbours().contains(first), here().neighbours().toString());
            here().replace(second);
            assertTrue(here().neighbours().contains(second), here().neighbours().toString());
            assertFalse(here().neighbours().contains(first));
            here().delete(second);
            assertFalse(here().neighbours().contains(second));
        }
        Neighbour never = Neighbour.permanent(link, IpAddress.parse("192.0.2.9"), MAC);
        assertErrno(Errno.ENOENT, () -> here().delete(never));
    }

    @Test
    void subscribe_whenLinksAndAddressesChange_tellsSo() throws IOException {
        try (NetworkChanges changes = here().subscribe()) {
            assertEquals(List.of(), changes.await(Duration.ZERO));
            int bridge = bridge("br0");
            LinkAddress address = LinkAddress.of(bridge, "192.0.2.1/24");
            here().add(address);
            here().delete(address);
            here().delete(bridge);
            List<NetworkChange> all = until(changes, change -> change instanceof NetworkChange.LinkGone);
            int made = first(
                    all,
                    c -> c instanceof NetworkChange.LinkChanged l
                            && l.link().name().equals("br0"));
            int added = first(
                    all,
                    c -> c instanceof NetworkChange.AddressChanged a
                            && a.address().prefix().equals(address.prefix()));
            int removed = first(
                    all,
                    c -> c instanceof NetworkChange.AddressGone a
                            && a.address().prefix().equals(address.prefix()));
            int gone = first(
                    all, c -> c instanceof NetworkChange.LinkGone l && l.link().index() == bridge);
            assertTrue(0 <= made && made < added && added < removed && removed < gone, all.toString());
        }
    }

    @Test
    void subscribe_whenTheOtherNamespaceChanges_hearsNothing() throws IOException {
        try (NetworkChanges changes = here().subscribe()) {
            there().create(LinkKind.Bridge.plain(), LinkSettings.named("br0"));
            assertEquals(List.of(), changes.await(Duration.ofMillis(50)));
        }
    }

    private static List<NetworkChange> until(NetworkChanges changes, Predicate<NetworkChange> last) throws IOException {
        List<NetworkChange> all = new ArrayList<>();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (all.stream().noneMatch(last)) {
            assertTrue(System.nanoTime() < deadline, "only " + all);
            all.addAll(changes.await(Duration.ofMillis(100)));
        }
        return all;
    }

    private static int first(List<NetworkChange> changes, Predicate<NetworkChange> which) {
        for (int i = 0; i < changes.size(); i++) {
            if (which.test(changes.get(i))) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void anything_afterClose_fails() throws IOException {
        NetworkChanges changes = here().subscribe();
        changes.close();
        assertThrows(IOException.class, () -> changes.await(Duration.ZERO));
        here().close();
        assertThrows(IOException.class, () -> here().links());
        assertThrows(IOException.class, () -> here().subscribe());
        assertNotEquals(List.of(), there().links());
        here().close();
    }
}

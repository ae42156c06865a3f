package io.fairlead.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real packets between namespaces that hang on one bridge. */
@NeedsHost(HostFeature.ROOT)
class LinkTrafficTest {
    private static final int PORT = 4000;
    private static final int ARRIVES_MILLIS = 10_000;
    private static final int NEVER_ARRIVES_MILLIS = 300;

    /** A namespace with eth0 at 192.0.2.NUMBER, whose other end is the port "portNUMBER" of the bridge. */
    private static final class Guest implements AutoCloseable {
        final String address;
        final Fd namespace;
        final KernelNetworkStack stack;
        final DatagramSocket socket;
        final int link;

        Guest(NetworkStack host, int bridge, int number) throws IOException {
            address = "192.0.2." + number;
            namespace = NetworkNamespace.create();
            host.create(
                    new LinkKind.Veth(LinkSettings.named("eth0").withNamespace(namespace)),
                    LinkSettings.named("port" + number).withMaster(bridge).withUp(true));
            stack = KernelNetworkStack.open(namespace);
            link = stack.link("eth0").orElseThrow().index();
            stack.change(link, LinkSettings.none().withUp(true));
            stack.add(LinkAddress.of(link, address + "/24"));
            socket = NetworkNamespace.within(
                    namespace, () -> new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), PORT)));
        }

        /** Sends until it arrives or the time has run out: the first packets may wait for an answer to ARP. */
        boolean reaches(Guest other, int limitMillis) throws IOException {
            long deadline = System.nanoTime() + limitMillis * 1_000_000L;
            byte[] text = (address + " to " + other.address).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            while (System.nanoTime() < deadline) {
                socket.send(new DatagramPacket(text, text.length, InetAddress.getByName(other.address), PORT));
                other.socket.setSoTimeout(50);
                try {
                    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                    other.socket.receive(packet);
                    assertEquals(address, packet.getAddress().getHostAddress());
                    return true;
                } catch (SocketTimeoutException e) {
                    continue; // sent again until the deadline
                }
            }
            return false;
        }

        @Override
        public void close() {
            socket.close();
            stack.close();
            namespace.close();
        }
    }

    private Fd namespace;
    private KernelNetworkStack host;
    private final List<Guest> guests = new ArrayList<>();

    @BeforeEach
    void plug() throws IOException {
        namespace = NetworkNamespace.create();
        host = KernelNetworkStack.open(namespace);
        host.create(LinkKind.Bridge.plain(), LinkSettings.named("br0").withUp(true));
        int bridge = host.link("br0").orElseThrow().index();
        for (int number = 1; number <= 3; number++) {
            guests.add(new Guest(host, bridge, number));
        }
    }

    @AfterEach
    void unplug() {
        guests.forEach(Guest::close);
        host.close();
        namespace.close();
    }

    private void isolate(int number, boolean isolated) throws IOException {
        host.changePort(host.link("port" + number).orElseThrow().index(), BridgePort.isolated(isolated));
    }

    @Test
    void changePort_whenTwoPortsAreIsolated_theyReachOnlyTheThird() throws IOException {
        isolate(1, true);
        isolate(2, true);
        assertTrue(guests.get(0).reaches(guests.get(2), ARRIVES_MILLIS));
        assertTrue(guests.get(2).reaches(guests.get(1), ARRIVES_MILLIS));
        assertFalse(guests.get(0).reaches(guests.get(1), NEVER_ARRIVES_MILLIS));
        isolate(2, false);
        assertTrue(guests.get(0).reaches(guests.get(1), ARRIVES_MILLIS));
    }

    @Test
    void neighboursAndStatistics_afterAPacket_knowOfIt() throws IOException {
        Guest from = guests.get(0);
        Guest to = guests.get(1);
        assertTrue(from.reaches(to, ARRIVES_MILLIS));
        Link eth0 = to.stack.link("eth0").orElseThrow();
        List<Neighbour> neighbours = from.stack.neighbours();
        assertTrue(
                neighbours.stream()
                        .anyMatch(neighbour -> neighbour.link() == from.link
                                && neighbour.address().equals(IpAddress.parse(to.address))
                                && eth0.mac().equals(neighbour.mac())),
                neighbours.toString());
        LinkStatistics port = host.link("port1").orElseThrow().statistics();
        LinkStatistics sender = from.stack.link("eth0").orElseThrow().statistics();
        assertTrue(sender.sentPackets() > 0 && sender.sentBytes() > sender.sentPackets(), sender.toString());
        assertTrue(port.receivedPackets() > 0 && port.receivedBytes() > port.receivedPackets(), port.toString());
        assertTrue(eth0.statistics().receivedPackets() > 0, eth0.toString());
        assertTrue(eth0.carrier());
    }

    @Test
    void close_whenTheLastHolderOfANamespaceGoes_itsPortGoes() throws IOException {
        guests.remove(0).close();
        long deadline = System.nanoTime() + ARRIVES_MILLIS * 1_000_000L;
        while (host.link("port1").isPresent() && System.nanoTime() < deadline) {
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
        assertTrue(host.link("port1").isEmpty(), "a namespace lives on that nobody holds");
    }
}

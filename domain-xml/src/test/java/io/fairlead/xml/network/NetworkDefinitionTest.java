package io.fairlead.xml.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.answers.Answers;
import io.fairlead.xml.network.model.Dhcp;
import io.fairlead.xml.network.model.Forward;
import io.fairlead.xml.network.model.ForwardMode;
import io.fairlead.xml.network.model.NetworkDefinition;
import io.fairlead.xml.network.model.Route;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.value.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The values of a network, read from the first of the recorded definitions, which has every part. */
class NetworkDefinitionTest {
    private final NetworkDefinition network =
            Networks.parse(Answers.of("networks.txt").get(0).input()).definition();

    @Test
    void forward_whenTranslated_hasRangesAndADevice() {
        assertEquals(ForwardMode.NAT, network.forward().mode());
        assertEquals(List.of("eth0"), network.forward().interfaces());
        assertEquals(
                new Forward.Nat(
                        true,
                        Optional.of(new Forward.AddressRange(address("1.2.3.4"), address("1.2.3.10"))),
                        Optional.of(new Forward.PortRange(1024, 5000))),
                network.forward().nat());
    }

    @Test
    void ips_whenOfBothFamilies_havePrefixesAndLeases() {
        assertEquals(24, network.ips().get(0).prefix());
        assertTrue(network.ips().get(0).localPtr());
        Dhcp dhcp = network.ips().get(0).dhcp().orElseThrow();
        assertEquals(OptionalLong.of(3600), dhcp.ranges().get(0).leaseSeconds());
        assertEquals(Optional.of("foo"), dhcp.hosts().get(0).name());
        assertEquals(Optional.of(address("1.1.1.1")), dhcp.boot().orElseThrow().server());
        Dhcp six = network.ips().get(1).dhcp().orElseThrow();
        assertEquals(OptionalLong.of(0), six.hosts().get(0).leaseSeconds());
        assertEquals(OptionalLong.empty(), six.ranges().get(0).leaseSeconds());
    }

    @Test
    void names_whenGiven_areRead() {
        assertEquals(Optional.of(new NetworkDefinition.NetworkDomain("d.example", true)), network.domain());
        assertEquals(Optional.of(false), network.dns().forwardPlainNames());
        assertEquals(3, network.dns().forwarders().size());
        assertEquals(OptionalInt.of(1024), network.dns().services().get(0).port());
        assertEquals(List.of("b", "a"), network.dns().hosts().get(0).names());
        assertEquals(List.of("foo=bar"), network.dnsmasqOptions());
    }

    @Test
    void link_whenGiven_isRead() {
        assertEquals(Optional.of("br7"), network.bridge().name());
        assertEquals(3, network.bridge().delaySeconds());
        assertEquals(OptionalLong.of(9000), network.mtuBytes());
        assertEquals(Optional.of("52:54:00:aa:01:02"), network.mac());
        assertTrue(network.portsIsolated());
        assertTrue(network.portGroups().get(0).isDefault());
        assertEquals(
                List.of(new Route(address("10.0.0.0"), 8, address("192.168.5.9"), OptionalLong.of(3))),
                network.routes());
    }

    @Test
    void withBridgeName_whenTheHostChoosesOne_keepsAllElse() {
        NetworkDocument open = Networks.parse("<network><name>n</name></network>");

        assertTrue(open.needsBridgeName());
        NetworkDocument named = open.withBridgeName("virbr3");
        assertFalse(named.needsBridgeName());
        assertEquals(open.uuid(), named.uuid());
        assertEquals(open.definition().mac(), named.definition().mac());
        for (String bad : List.of("a/b", "sixteen-bytes-xx", "a b", "..")) {
            assertThrows(XmlException.class, () -> open.withBridgeName(bad), bad);
        }
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}

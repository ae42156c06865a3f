package io.fairlead.xml.network;

import static io.fairlead.xml.network.LinkReader.attribute;
import static io.fairlead.xml.network.LinkReader.number;
import static io.fairlead.xml.network.LinkReader.yes;
import static io.fairlead.xml.network.LinkReader.yesNo;

import io.fairlead.xml.network.model.Bridge;
import io.fairlead.xml.network.model.Dhcp;
import io.fairlead.xml.network.model.Dns;
import io.fairlead.xml.network.model.Forward;
import io.fairlead.xml.network.model.ForwardMode;
import io.fairlead.xml.network.model.NetworkDefinition;
import io.fairlead.xml.network.model.NetworkIp;
import io.fairlead.xml.network.model.PortGroup;
import io.fairlead.xml.network.model.Route;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.value.IpAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads a network's values from its normalised tree. */
final class NetworkReader {
    private static final XmlElement NOTHING = XmlElement.of("nothing");

    private NetworkReader() {}

    static NetworkDefinition read(XmlElement network) {
        return new NetworkDefinition(
                network.childText("name").orElseThrow(),
                UUID.fromString(network.childText("uuid").orElseThrow()),
                yes(network, "ipv6"),
                yesNo(network, "trustGuestRxFilters"),
                forward(network),
                bridge(child(network, "bridge")),
                number(child(network, "mtu"), "size"),
                attribute(child(network, "mac"), "address"),
                Optional.ofNullable(network.child("domain"))
                        .map(domain -> new NetworkDefinition.NetworkDomain(
                                domain.attribute("name"), yes(domain, "localOnly"))),
                dns(child(network, "dns")),
                network.elements("ip").stream().map(NetworkReader::ip).toList(),
                network.elements("route").stream().map(NetworkReader::route).toList(),
                LinkReader.bandwidth(network),
                LinkReader.vlan(network),
                LinkReader.virtualPort(network),
                yes(child(network, "port"), "isolated"),
                network.elements("portgroup").stream()
                        .map(NetworkReader::portGroup)
                        .toList(),
                network.elements().stream()
                        .filter(child -> child.is(NetworkRules.DNSMASQ, "options"))
                        .flatMap(options -> options.elements().stream())
                        .map(option -> option.attribute("value", ""))
                        .toList());
    }

    private static XmlElement child(XmlElement parent, String name) {
        XmlElement child = parent.child(name);
        return child == null ? NOTHING : child;
    }

    private static Forward forward(XmlElement network) {
        XmlElement forward = child(network, "forward");
        return new Forward(
                ForwardMode.valueOf(NetworkMode.of(network).toUpperCase(Locale.ROOT)),
                forward.elements("interface").stream()
                        .map(one -> one.attribute("dev"))
                        .toList(),
                attribute(child(forward, "pf"), "dev"),
                forward.elements("address").stream().map(NetworkReader::pci).toList(),
                yes(forward, "managed"),
                forward.child("nat") == null ? Forward.Nat.PLAIN : nat(forward.child("nat")));
    }

    private static String pci(XmlElement address) {
        return "%04x:%02x:%02x.%x"
                .formatted(
                        number(address, "domain").orElse(0),
                        number(address, "bus").orElse(0),
                        number(address, "slot").orElse(0),
                        number(address, "function").orElse(0));
    }

    private static Forward.Nat nat(XmlElement nat) {
        return new Forward.Nat(
                yes(nat, "ipv6"),
                Optional.ofNullable(nat.child("address"))
                        .map(range -> new Forward.AddressRange(address(range, "start"), address(range, "end"))),
                Optional.ofNullable(nat.child("port"))
                        .map(range -> new Forward.PortRange(
                                (int) number(range, "start").orElse(0),
                                (int) number(range, "end").orElse(0))));
    }

    private static IpAddress address(XmlElement element, String attribute) {
        return IpAddress.parse(element.attribute(attribute)).orElseThrow();
    }

    private static Bridge bridge(XmlElement bridge) {
        return new Bridge(
                attribute(bridge, "name"),
                bridge.attribute("stp", "off").equals("on"),
                number(bridge, "delay").orElse(0),
                attribute(bridge, "macTableManager"),
                attribute(bridge, "zone"));
    }

    private static Dns dns(XmlElement dns) {
        return new Dns(
                dns.attribute("enable", "yes").equals("yes"),
                yesNo(dns, "forwardPlainNames"),
                dns.elements("forwarder").stream()
                        .map(one -> new Dns.Forwarder(
                                attribute(one, "domain"), attribute(one, "addr").flatMap(IpAddress::parse)))
                        .toList(),
                dns.elements("txt").stream()
                        .map(txt -> new Dns.Text(txt.attribute("name"), txt.attribute("value")))
                        .toList(),
                dns.elements("srv").stream().map(NetworkReader::service).toList(),
                dns.elements("host").stream()
                        .map(host -> new Dns.Host(
                                address(host, "ip"),
                                host.elements("hostname").stream()
                                        .map(XmlElement::text)
                                        .toList()))
                        .toList());
    }

    private static Dns.Service service(XmlElement srv) {
        OptionalLong port = number(srv, "port");
        return new Dns.Service(
                srv.attribute("service"),
                srv.attribute("protocol"),
                attribute(srv, "domain"),
                attribute(srv, "target"),
                port.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) port.getAsLong()),
                (int) number(srv, "priority").orElse(0),
                (int) number(srv, "weight").orElse(0));
    }

    private static NetworkIp ip(XmlElement ip) {
        IpAddress address = address(ip, "address");
        return new NetworkIp(
                address,
                IpRules.prefix(ip, address),
                yes(ip, "localPtr"),
                attribute(child(ip, "tftp"), "root"),
                Optional.ofNullable(ip.child("dhcp")).map(NetworkReader::dhcp));
    }

    private static Dhcp dhcp(XmlElement dhcp) {
        return new Dhcp(
                dhcp.elements("range").stream()
                        .map(range -> new Dhcp.Range(address(range, "start"), address(range, "end"), lease(range)))
                        .toList(),
                dhcp.elements("host").stream()
                        .map(host -> new Dhcp.Host(
                                attribute(host, "mac"),
                                attribute(host, "id"),
                                attribute(host, "name"),
                                address(host, "ip"),
                                lease(host)))
                        .toList(),
                Optional.ofNullable(dhcp.child("bootp"))
                        .filter(boot -> boot.has("file"))
                        .map(boot -> new Dhcp.Boot(
                                boot.attribute("file"),
                                attribute(boot, "server").flatMap(IpAddress::parse))));
    }

    private static OptionalLong lease(XmlElement parent) {
        XmlElement lease = child(parent, "lease");
        OptionalLong expiry = number(lease, "expiry");
        return expiry.isEmpty() ? expiry : OptionalLong.of(expiry.getAsLong() * DhcpRules.secondsOf(lease));
    }

    private static Route route(XmlElement route) {
        IpAddress address = address(route, "address");
        return new Route(address, RouteRules.prefix(route), address(route, "gateway"), number(route, "metric"));
    }

    private static PortGroup portGroup(XmlElement group) {
        return new PortGroup(
                group.attribute("name"),
                yes(group, "default"),
                yesNo(group, "trustGuestRxFilters"),
                LinkReader.vlan(group),
                LinkReader.virtualPort(group),
                LinkReader.bandwidth(group));
    }
}

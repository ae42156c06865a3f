package io.fairlead.xml.domain.read;

import io.fairlead.xml.domain.model.NetworkInterface;
import io.fairlead.xml.network.LinkReader;
import io.fairlead.xml.nwfilter.FilterReference;
import io.fairlead.xml.tree.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** An interface element. */
final class InterfaceReader {
    private static final int PREFIX_MAX = 128;

    private InterfaceReader() {}

    static NetworkInterface networkInterface(XmlElement element) {
        XmlElement source = element.child("source");
        XmlElement onHost = source == null ? XmlElement.of("source") : source;
        return new NetworkInterface(
                element.attribute("type", ""),
                Fields.attributeOf(element, "mac", "address").orElse(""),
                Stream.of("network", "bridge", "dev")
                        .filter(onHost::has)
                        .findFirst()
                        .map(onHost::attribute),
                Fields.attribute(onHost, "mode"),
                Fields.attribute(onHost, "portgroup"),
                Fields.attributeOf(element, "target", "dev"),
                Fields.attributeOf(element, "guest", "dev"),
                Fields.attributeOf(element, "link", "state").map("up"::equals),
                Fields.attributeNumber(element.child("mtu"), "size", 0, 0xffffffffL),
                Fields.attributeOf(element, "alias", "name"),
                Fields.yes(element.child("port"), "isolated"),
                ips(element),
                routes(element),
                ips(onHost),
                routes(onHost),
                Optional.ofNullable(element.child("filterref")).map(FilterReference::read),
                LinkReader.bandwidth(element),
                LinkReader.vlan(element),
                LinkReader.virtualPort(element));
    }

    private static List<NetworkInterface.Ip> ips(XmlElement parent) {
        return parent.elements("ip").stream()
                .map(ip ->
                        new NetworkInterface.Ip(ip.attribute("address", ""), prefix(ip), Fields.attribute(ip, "peer")))
                .toList();
    }

    private static List<NetworkInterface.Route> routes(XmlElement parent) {
        return parent.elements("route").stream()
                .map(route -> new NetworkInterface.Route(
                        route.attribute("address", ""),
                        prefix(route),
                        Fields.attribute(route, "netmask"),
                        route.attribute("gateway", ""),
                        Fields.attributeNumber(route, "metric", 0, 0xffffffffL)))
                .toList();
    }

    private static OptionalInt prefix(XmlElement element) {
        OptionalLong prefix = Fields.attributeNumber(element, "prefix", 0, PREFIX_MAX);
        return prefix.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) prefix.getAsLong());
    }
}

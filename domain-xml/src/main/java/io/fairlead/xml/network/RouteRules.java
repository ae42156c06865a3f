package io.fairlead.xml.network;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.value.IpAddress;
import java.util.List;

/** {@code <route>}: a network behind a gateway on one of our own. */
final class RouteRules {
    private RouteRules() {}

    static XmlElement route(XmlElement route, String network) {
        String addressText = required(route, "address", network);
        String gatewayText = required(route, "gateway", network);
        IpAddress address = address(route, "address", "network", network);
        IpAddress gateway = address(route, "gateway", "gateway", network);
        checkFamilies(route, address, gateway, addressText, gatewayText, network);
        XmlElement checked = LinkRules.withNumber(route, "prefix", 0xffffffffL);
        checked = withMetric(checked);
        checkNetwork(checked, address, addressText, network);
        return checked.with("address", address.toString()).with("gateway", gateway.toString());
    }

    private static String required(XmlElement route, String attribute, String network) {
        String text = route.attribute(attribute);
        if (text == null) {
            throw refused(network, "Missing required %s attribute in route definition".formatted(attribute));
        }
        return text;
    }

    private static IpAddress address(XmlElement route, String attribute, String word, String network) {
        String text = route.attribute(attribute);
        return IpAddress.parse(text)
                .orElseThrow(() -> refused(network, "Bad %s address '%s' in route definition".formatted(word, text)));
    }

    private static void checkFamilies(
            XmlElement route,
            IpAddress address,
            IpAddress gateway,
            String addressText,
            String gatewayText,
            String network) {
        String family = route.attribute("family");
        if (family == null) {
            if (address.isIpv6()) {
                throw refused(
                        network,
                        "No family specified for non-IPv4 address '%s' in route definition".formatted(addressText));
            }
            if (gateway.isIpv6()) {
                // libvirt names the address here, not the gateway.
                throw refused(
                        network,
                        "No family specified for non-IPv4 gateway '%s' in route definition".formatted(addressText));
            }
            return;
        }
        boolean ipv6 = family.equals("ipv6");
        if (!ipv6 && !family.equals("ipv4")) {
            throw refused(network, "Unrecognized family '%s' in route definition".formatted(family));
        }
        if (address.isIpv6() != ipv6) {
            String words = ipv6
                    ? "ipv6 family specified for non-IPv6 address '%s' in route definition"
                    : "IPv4 family specified for non-IPv4 address '%s' in route definition";
            throw refused(network, words.formatted(addressText));
        }
        if (gateway.isIpv6() != ipv6) {
            String words = ipv6
                    ? "ipv6 specified for non-IPv6 gateway address '%s' in route definition"
                    : "IPv4 family specified for non-IPv4 gateway '%s' in route definition";
            // For IPv4, libvirt names the address here, too.
            throw refused(network, words.formatted(ipv6 ? gatewayText : addressText));
        }
    }

    private static XmlElement withMetric(XmlElement route) {
        XmlElement checked = LinkRules.withNumber(route, "metric", 0xffffffffL);
        if (checked.attribute("metric", "1").equals("0")) {
            throw XmlException.malformed(
                            "Invalid value for attribute 'metric' in element 'route': Zero is not permitted")
                    .from(XmlOrigin.XML);
        }
        return checked;
    }

    private static void checkNetwork(XmlElement route, IpAddress address, String text, String network) {
        long prefix = Long.parseLong(route.attribute("prefix", "-1"));
        if (prefix > address.bits()) {
            throw refused(
                    network,
                    "Invalid prefix %d specified in route definition, must be 0 - %d"
                            .formatted(prefix, address.bits()));
        }
        if (route.has("netmask")) {
            if (address.isIpv6()) {
                throw refused(
                        network,
                        "Specifying netmask invalid for IPv6 address '%s' in route definition".formatted(text));
            }
            IpAddress mask = address(route, "netmask", "netmask", network);
            if (mask.isIpv6()) {
                throw refused(
                        network,
                        "Invalid netmask '%s' for address '%s' (both must be IPv4)"
                                .formatted(route.attribute("netmask"), text));
            }
            prefix = mask.prefixOfMask();
            if (route.has("prefix")) {
                throw refused(network, "Route definition cannot have both a prefix and a netmask");
            }
        } else if (prefix < 0) {
            prefix = 0; // Without a size, only the network of all addresses is one.
        }
        if (prefix < 0 || !address.equals(address.network((int) prefix))) {
            throw refused(network, "Address '%s' in route definition is not a network address".formatted(text));
        }
    }

    /** The prefix of a normalised route. */
    static int prefix(XmlElement route) {
        return route.has("netmask")
                ? IpAddress.parse(route.attribute("netmask")).orElseThrow().prefixOfMask()
                : Integer.parseInt(route.attribute("prefix", "0"));
    }

    private static XmlException refused(String network, String detail) {
        return XmlException.malformed(network + ": " + detail);
    }

    /** A gateway can be reached only through a network that one of our own addresses spans. */
    static void checkReachable(XmlElement root, String network) {
        List<XmlElement> ips = root.elements("ip");
        for (XmlElement route : root.elements("route")) {
            IpAddress gateway = IpAddress.parse(route.attribute("gateway")).orElseThrow();
            boolean reachable = ips.stream().anyMatch(ip -> spans(ip, gateway));
            if (!reachable) {
                throw XmlException.unsupported(
                        "unreachable static route gateway '%s' specified for network '%s'".formatted(gateway, network));
            }
        }
    }

    private static boolean spans(XmlElement ip, IpAddress gateway) {
        IpAddress address = IpAddress.parse(ip.attribute("address")).orElseThrow();
        int prefix = IpRules.prefix(ip, address);
        return prefix >= 0 && address.sharesNetwork(gateway, prefix);
    }
}

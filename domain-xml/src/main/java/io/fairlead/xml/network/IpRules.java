package io.fairlead.xml.network;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.value.IpAddress;
import java.util.List;

/** {@code <ip>}: an address of a network's bridge, and the network that it spans. */
final class IpRules {
    /** The prefixes of IPv4's old classes A, B and C, by the first bits of an address. */
    private static final int[][] CLASSES = {{0x80, 0, 8}, {0xc0, 0x80, 16}, {0xe0, 0xc0, 24}};

    private static final int IPV6_PREFIX = 64;

    private IpRules() {}

    static XmlElement ip(XmlElement ip, String network) {
        String text = ip.attribute("address");
        if (text == null) {
            throw XmlException.malformed("Missing required address attribute in network '%s'".formatted(network));
        }
        IpAddress address = IpAddress.parse(text)
                .orElseThrow(
                        () -> XmlException.malformed("Invalid address '%s' in network '%s'".formatted(text, network)));
        checkFamily(ip, text, address, network);
        LinkRules.requireYesNo(ip, "localPtr");
        XmlElement checked = withMask(ip.with("address", address.toString()), address, text, network);
        int prefix = prefix(checked, address);
        checked = checked.mapElements(child -> {
            if (child.is("tftp")) {
                return tftp(child, address, network);
            }
            return child.is("dhcp") ? DhcpRules.dhcp(child, new DhcpRules.Place(network, address, prefix)) : child;
        });
        return checked;
    }

    private static void checkFamily(XmlElement ip, String text, IpAddress address, String network) {
        String family = ip.attribute("family");
        if (family == null) {
            if (address.isIpv6()) {
                throw XmlException.unsupported(
                        "no family specified for non-IPv4 address '%s' in network '%s'".formatted(text, network));
            }
            return;
        }
        boolean ipv6 = family.equals("ipv6");
        if (!ipv6 && !family.equals("ipv4")) {
            throw XmlException.malformed("Unrecognized family '%s' in network '%s'".formatted(family, network));
        }
        if (ipv6 != address.isIpv6()) {
            String words = ipv6
                    ? "Family 'ipv6' specified for non-IPv6 address '%s' in network '%s'"
                    : "IPv4 family specified for non-IPv4 address '%s' in network '%s'";
            throw XmlException.unsupported(words.formatted(text, network));
        }
    }

    private static XmlElement withMask(XmlElement ip, IpAddress address, String text, String network) {
        XmlElement checked = LinkRules.withNumber(ip, "prefix", 0xffffffffL);
        long prefix = Long.parseLong(checked.attribute("prefix", "0"));
        if (prefix > address.bits()) {
            throw XmlException.unsupported("Invalid %s prefix '%d' in network '%s'"
                    .formatted(address.isIpv6() ? "IPv6" : "IPv4", prefix, network));
        }
        // Zero is libvirt's word for none.
        checked = prefix == 0 ? checked.without("prefix") : checked;
        String mask = ip.attribute("netmask");
        if (mask == null) {
            return checked;
        }
        IpAddress netmask = IpAddress.parse(mask)
                .orElseThrow(
                        () -> XmlException.malformed("Invalid netmask '%s' in network '%s'".formatted(mask, network)));
        if (address.isIpv6()) {
            throw XmlException.unsupported(
                    "netmask not allowed for IPv6 address '%s' in network '%s'".formatted(text, network));
        }
        if (prefix != 0) {
            throw XmlException.unsupported(
                    "Network '%s' IP address cannot have both a prefix and a netmask".formatted(network));
        }
        if (netmask.isIpv6()) {
            throw XmlException.unsupported("Invalid netmask '%s' for address '%s' in network '%s' (both must be IPv4)"
                    .formatted(mask, text, network));
        }
        return checked.with("netmask", netmask.toString());
    }

    private static XmlElement tftp(XmlElement tftp, IpAddress address, String network) {
        if (!tftp.has("root")) {
            return tftp.children().isEmpty() ? null : tftp;
        }
        if (address.isIpv6()) {
            throw XmlException.unsupported(
                    "Unsupported <tftp> element in an IPv6 element in network '%s'".formatted(network));
        }
        return tftp;
    }

    /** The prefix of a normalised element, or -1 when its netmask is none; without any, that of the address's class. */
    static int prefix(XmlElement ip, IpAddress address) {
        if (ip.has("prefix")) {
            return Integer.parseInt(ip.attribute("prefix"));
        }
        if (ip.has("netmask")) {
            return IpAddress.parse(ip.attribute("netmask")).orElseThrow().prefixOfMask();
        }
        return naturalPrefix(address);
    }

    private static int naturalPrefix(IpAddress address) {
        if (address.isIpv6()) {
            return IPV6_PREFIX;
        }
        int first = address.bytes()[0] & 0xff;
        for (int[] of : CLASSES) {
            if ((first & of[0]) == of[1]) {
                return of[2];
            }
        }
        return -1;
    }

    /** One network serves leases on one address of each family. */
    static void checkDhcpOnce(List<XmlElement> ips) {
        for (boolean ipv6 : new boolean[] {false, true}) {
            long count = ips.stream()
                    .filter(ip -> ipv6 == ip.attribute("family", "ipv4").equals("ipv6"))
                    .filter(ip -> DhcpRules.serves(ip.child("dhcp")))
                    .count();
            if (count > 1) {
                String family = ipv6 ? "IPv6" : "IPv4";
                throw XmlException.unsupported(
                        ("Multiple %s dhcp sections found -- dhcp is supported only for a single %s address on "
                                        + "each network")
                                .formatted(family, family));
            }
        }
    }
}

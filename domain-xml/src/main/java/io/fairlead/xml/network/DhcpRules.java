package io.fairlead.xml.network;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.value.IpAddress;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code <dhcp>}: ranges that are leased, and hosts with addresses of their own. */
final class DhcpRules {
    /** In IPv6, the ends of a range may differ in their last 16 bits only (virSocketAddrGetRange). */
    private static final int IPV6_RANGE_PREFIX = 112;

    /** libvirt's longest range of IPv4, as the distance of its ends. */
    private static final BigInteger DISTANCE_MAX = BigInteger.valueOf(65535);

    /** dnsmasq leases for no less. */
    private static final long LEASE_SECONDS_MIN = 120;

    private static final Map<String, Long> SECONDS = Map.of("seconds", 1L, "minutes", 60L, "hours", 3600L);

    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}");
    private static final Pattern FOREIGN_TO_ID = Pattern.compile("[^0-9a-fA-F:]");

    /**
     * The {@code <ip>} around a {@code <dhcp>}.
     *
     * @param prefix -1 when the address's netmask stands for none
     */
    record Place(String network, IpAddress address, int prefix) {
        /** That of a normalised {@code <ip>}. */
        static Place of(XmlElement ip, String network) {
            IpAddress address = IpAddress.parse(ip.attribute("address")).orElseThrow();
            return new Place(network, address, IpRules.prefix(ip, address));
        }
    }

    private DhcpRules() {}

    static XmlElement dhcp(XmlElement dhcp, Place place) {
        XmlElement checked = dhcp.mapElements(child -> {
            if (child.is("range")) {
                return range(child, place);
            }
            if (child.is("host")) {
                return host(child, place, false);
            }
            return child.is("bootp") ? bootp(child) : child;
        });
        List<XmlElement> boots = checked.elements("bootp");
        checked = checked.minus(child -> child.is("bootp") && child != boots.get(boots.size() - 1));
        return checked.children().isEmpty() ? null : checked;
    }

    /** Whether libvirt takes the element for more than nothing. */
    static boolean serves(XmlElement dhcp) {
        return dhcp != null && (dhcp.child("range") != null || dhcp.child("host") != null);
    }

    static XmlElement range(XmlElement range, Place place) {
        for (String end : List.of("start", "end")) {
            if (!range.has(end)) {
                throw XmlException.malformed(
                        "Missing '%s' attribute in dhcp range for network '%s'".formatted(end, place.network()));
            }
        }
        IpAddress start = socketAddress(range.attribute("start"));
        IpAddress end = socketAddress(range.attribute("end"));
        checkRange(start, end, place);
        return range.with("start", start.toString())
                .with("end", end.toString())
                .mapElements(child -> child.is("lease") ? lease(child) : child);
    }

    private static void checkRange(IpAddress start, IpAddress end, Place place) {
        String range = "range %s - %s".formatted(start, end);
        if (start.isIpv6() != end.isIpv6()) {
            throw internal("mismatch of address family in " + range);
        }
        if (start.isIpv6() != place.address().isIpv6()) {
            throw internal("mismatch of address family in %s for network %s".formatted(range, place.address()));
        }
        String network = "%s/%d".formatted(place.address(), place.prefix());
        if (place.prefix() < 0) {
            throw internal("bad prefix -1 for network %s when  checking %s".formatted(place.address(), range));
        }
        if (!start.sharesNetwork(place.address(), place.prefix())
                || !end.sharesNetwork(place.address(), place.prefix())) {
            throw internal("%s is not entirely within network %s".formatted(range, network));
        }
        if (start.compareTo(end) > 0) {
            throw internal(range + (start.isIpv6() ? " start larger than end" : " is reversed "));
        }
        if (!start.isIpv6()) {
            if (start.equals(start.network(place.prefix()))) {
                throw internal("start of %s in network %s is the network address".formatted(range, network));
            }
            if (end.equals(end.last(place.prefix()))) {
                throw internal("end of %s in network %s is the broadcast address".formatted(range, network));
            }
        }
        boolean tooLarge = start.isIpv6()
                ? !start.sharesNetwork(end, IPV6_RANGE_PREFIX)
                : start.distanceTo(end).compareTo(DISTANCE_MAX) > 0;
        if (tooLarge) {
            throw internal(range + " is too large (> 65535)");
        }
    }

    /** @param partial whether this only names a host that is to be deleted */
    static XmlElement host(XmlElement host, Place place, boolean partial) {
        String network = place.network();
        checkMac(host, place);
        String id = host.attribute("id");
        if (id != null) {
            FOREIGN_TO_ID.matcher(id).results().findFirst().ifPresent(foreign -> {
                throw XmlException.malformed(
                        "Invalid character '%s' in id '%s' of network '%s'".formatted(foreign.group(), id, network));
            });
        }
        String name = host.attribute("name");
        if (name != null && !startsLikeAName(name)) {
            throw XmlException.malformed("Cannot use host name '%s' in network '%s'".formatted(name, network));
        }
        String ip = host.attribute("ip");
        XmlElement checked = host;
        if (ip != null) {
            IpAddress address = IpAddress.parse(ip)
                    .orElseThrow(() -> XmlException.malformed(
                            "Invalid IP address in static host definition for network '%s'".formatted(network)));
            checked = checked.with("ip", address.toString());
        }
        checkComplete(host, place, partial);
        return checked.mapElements(child -> child.is("lease") ? lease(child) : child);
    }

    private static void checkMac(XmlElement host, Place place) {
        String mac = host.attribute("mac");
        if (mac == null) {
            return;
        }
        if (place.address().isIpv6()) {
            throw XmlException.malformed(
                    "Invalid to specify MAC address '%s' in network '%s' IPv6 static host definition"
                            .formatted(mac, place.network()));
        }
        if (!MAC.matcher(mac).matches()) {
            throw XmlException.malformed(
                    "Cannot parse MAC address '%s' in network '%s'".formatted(mac, place.network()));
        }
        if ((Integer.parseInt(mac.substring(0, mac.indexOf(':')), 16) & 1) != 0) {
            throw XmlException.malformed("expected unicast mac address, found multicast '%s' in network '%s'"
                    .formatted(mac, place.network()));
        }
    }

    private static void checkComplete(XmlElement host, Place place, boolean partial) {
        boolean ipv6 = place.address().isIpv6();
        boolean named = host.has("name") || host.has(ipv6 ? "id" : "mac");
        if (partial) {
            if (!named && !host.has("ip")) {
                throw XmlException.malformed(
                        ("At least one of name, mac, or ip attribute must be specified for static host "
                                        + "definition in network '%s' ")
                                .formatted(place.network()));
            }
            return;
        }
        if (!named) {
            String words = ipv6
                    ? "Static host definition in IPv6 network '%s' must have id or name attribute"
                    : "Static host definition in IPv4 network '%s' must have mac or name attribute";
            throw XmlException.malformed(words.formatted(place.network()));
        }
        if (!host.has("ip")) {
            throw XmlException.malformed(
                    "Missing IP address in static host definition for network '%s'".formatted(place.network()));
        }
    }

    private static boolean startsLikeAName(String name) {
        return !name.isEmpty() && Character.isLetterOrDigit(name.charAt(0));
    }

    /** Without an expiry, it says nothing; an expiry of 0 is for ever, in any unit. */
    private static XmlElement lease(XmlElement lease) {
        if (!lease.has("expiry")) {
            return lease.children().isEmpty() ? null : lease;
        }
        XmlElement checked = LinkRules.withNumber(lease, "expiry", 0xffffffffL);
        LinkRules.requireChoice(lease, "unit", "seconds", "minutes", "hours");
        long expiry = Long.parseLong(checked.attribute("expiry"));
        if (expiry == 0) {
            return checked.without("unit");
        }
        String unit = lease.attribute("unit", "minutes");
        if (expiry * SECONDS.get(unit) < LEASE_SECONDS_MIN) {
            throw XmlException.unsupported("The minimum lease time should be greater than 2 minutes");
        }
        return checked.with("unit", unit);
    }

    /** Seconds in the unit of a lease. */
    static long secondsOf(XmlElement lease) {
        return SECONDS.getOrDefault(lease.attribute("unit", "minutes"), 1L);
    }

    private static XmlElement bootp(XmlElement bootp) {
        String server = bootp.attribute("server");
        if (!bootp.has("file")) {
            return bootp.children().isEmpty() ? null : bootp;
        }
        return server == null
                ? bootp
                : bootp.with("server", socketAddress(server).toString());
    }

    private static IpAddress socketAddress(String text) {
        return IpAddress.parse(text).orElseThrow(() -> new XmlException(
                        XmlErrorKind.SYSTEM_ERROR,
                        "Cannot parse socket address '%s': Name or service not known".formatted(text))
                .from(XmlOrigin.VALUE));
    }

    private static XmlException internal(String detail) {
        return ForwardRules.internal(detail);
    }
}

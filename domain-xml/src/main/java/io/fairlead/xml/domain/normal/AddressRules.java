package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Checks that given addresses, routes and rates of an interface make sense. Families are named, as libvirt prints them.
 */
final class AddressRules {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** With a zone or a dotted tail, but never the form of a name. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private static final List<String> RATES = List.of("average", "peak", "burst", "floor");

    private AddressRules() {}

    /** One child of an interface, or of its source. */
    static XmlElement child(XmlElement child) {
        if (child.is("ip")) {
            return ip(child);
        }
        if (child.is("route")) {
            checkRoute(child);
        }
        if (child.is("bandwidth")) {
            child.elements().forEach(AddressRules::checkRates);
        }
        return child;
    }

    private static XmlElement ip(XmlElement ip) {
        String address = ip.attribute("address");
        if (address == null) {
            return ip;
        }
        if (!isAddress(address)) {
            throw XmlException.malformed("Invalid address '%s' in <ip>".formatted(address));
        }
        int bits = isIpv6(address) ? 128 : 32;
        String prefix = ip.attribute("prefix");
        if (prefix != null && !isNumber(prefix, bits)) {
            throw XmlException.malformed("Invalid prefix value '%s' in <ip>".formatted(prefix));
        }
        return ip.has("family") ? ip : ip.with("family", isIpv6(address) ? "ipv6" : "ipv4");
    }

    private static void checkRoute(XmlElement route) {
        String family = route.attribute("family", "ipv4");
        if (!family.equals("ipv4") && !family.equals("ipv6")) {
            throw route("Unrecognized family '%s' in route definition".formatted(family));
        }
        String address = route.attribute("address");
        if (address != null && !isAddress(address)) {
            throw route("Bad network address '%s' in route definition".formatted(address));
        }
        String gateway = route.attribute("gateway");
        if (gateway != null && !isAddress(gateway)) {
            throw route("Bad gateway address '%s' in route definition".formatted(gateway));
        }
    }

    private static XmlException route(String detail) {
        return XmlException.malformed("guest interface: " + detail).from(XmlOrigin.NETWORK);
    }

    private static void checkRates(XmlElement direction) {
        for (String rate : RATES) {
            String text = direction.attribute(rate);
            if (text != null && !text.matches("[0-9]{1,18}")) {
                throw XmlException.unsupported("could not convert bandwidth %s value '%s'".formatted(rate, text))
                        .from(XmlOrigin.VALUE);
            }
        }
    }

    private static boolean isNumber(String text, int max) {
        return text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= max;
    }

    private static boolean isIpv6(String address) {
        return address.indexOf(':') >= 0;
    }

    /** Asks no name server: only a text in the form of an address is parsed. */
    private static boolean isAddress(String text) {
        boolean ipv6 = IPV6.matcher(text).matches();
        if (!ipv6 && !IPV4.matcher(text).matches()) {
            return false;
        }
        try {
            InetAddress.getByName(text);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

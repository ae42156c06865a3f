package io.fairlead.xml.network;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.value.IpAddress;
import java.util.List;

/** {@code <dns>}: forwarders and records. */
final class DnsRules {
    private static final List<String> RECORDS = List.of("forwarder", "txt", "srv", "host");
    private static final int NUMBER_MAX = 65535;

    private DnsRules() {}

    static XmlElement dns(XmlElement dns, String network) {
        LinkRules.requireYesNo(dns, "enable");
        LinkRules.requireYesNo(dns, "forwardPlainNames");
        if (dns.attribute("enable", "yes").equals("no") && holdsRecords(dns)) {
            throw XmlException.malformed("Extra data in disabled network '%s'".formatted(network));
        }
        XmlElement checked = dns.mapElements(child -> record(child, network));
        return checked.attributes().isEmpty() && checked.children().isEmpty() ? null : checked;
    }

    static boolean holdsRecords(XmlElement dns) {
        return dns.elements().stream().anyMatch(child -> RECORDS.contains(child.name()));
    }

    private static XmlElement record(XmlElement child, String network) {
        if (!child.namespace().isEmpty()) {
            return child;
        }
        return switch (child.name()) {
            case "forwarder" -> forwarder(child, network);
            case "txt" -> txt(child, network, false);
            case "srv" -> srv(child, network, false);
            case "host" -> host(child, network, false);
            default -> child;
        };
    }

    private static XmlElement forwarder(XmlElement forwarder, String network) {
        String address = forwarder.attribute("addr");
        if (address == null && !forwarder.has("domain")) {
            throw XmlException.malformed("Invalid forwarder element, must contain at least one of addr or domain");
        }
        if (address == null) {
            return forwarder;
        }
        IpAddress parsed = IpAddress.parse(address)
                .orElseThrow(() -> XmlException.malformed(
                        "Invalid forwarder IP address '%s' in network '%s'".formatted(address, network)));
        return forwarder.with("addr", parsed.toString());
    }

    /** @param partial whether this only names a record that is to be deleted */
    static XmlElement txt(XmlElement txt, String network, boolean partial) {
        String name = txt.attribute("name");
        if (name == null) {
            throw detail("missing required name attribute in DNS TXT record of network " + network);
        }
        // dnsmasq parts name and value by a comma, and takes a blank for the end of its argument.
        if (name.indexOf(' ') >= 0 || name.indexOf(',') >= 0) {
            throw detail("prohibited character in DNS TXT record name '%s' of network %s".formatted(name, network));
        }
        if (!partial && !txt.has("value")) {
            throw detail("missing required value attribute in DNS TXT record named '%s' of network %s"
                    .formatted(name, network));
        }
        return txt;
    }

    /** @param partial whether this only names a record that is to be deleted */
    static XmlElement srv(XmlElement srv, String network, boolean partial) {
        String service = srv.attribute("service");
        if (!partial && service == null) {
            throw detail("missing required service attribute in DNS SRV record of network '%s'".formatted(network));
        }
        if (!partial && !srv.has("protocol")) {
            throw detail("missing required protocol attribute in DNS SRV record '%s' of network '%s'"
                    .formatted(service, network));
        }
        XmlElement checked = number(srv, "port", "invalid DNS SRV port", 1, network, partial);
        checked = number(checked, "priority", "Invalid DNS SRV priority", 0, network, partial);
        return number(checked, "weight", "invalid DNS SRV weight", 0, network, partial);
    }

    private static XmlElement number(
            XmlElement srv, String attribute, String words, int min, String network, boolean partial) {
        String text = srv.attribute(attribute);
        if (text == null || text.isEmpty()) {
            return srv.without(attribute);
        }
        String where = "for service '%s' in network '%s'".formatted(srv.attribute("service", "(null)"), network);
        if (!partial && !srv.has("target")) {
            throw detail("DNS SRV %s attribute not permitted without target %s".formatted(attribute, where));
        }
        long number = LinkRules.number(text, NUMBER_MAX);
        if (number < min) {
            throw detail("%s attribute %s".formatted(words, where));
        }
        // Zero is the default, and is not stored.
        return number == 0 ? srv.without(attribute) : srv.with(attribute, Long.toString(number));
    }

    /** @param partial whether this only names a record that is to be deleted */
    static XmlElement host(XmlElement host, String network, boolean partial) {
        String where = " in network '%s' DNS HOST record".formatted(network);
        String address = host.attribute("ip");
        XmlElement named =
                host.minus(child -> child.is("hostname") && child.text().isEmpty());
        boolean hasName = named.child("hostname") != null;
        if (address == null && !partial) {
            throw detail("Missing IP address" + where);
        }
        if (address == null && !hasName) {
            throw detail("Missing ip and hostname" + where);
        }
        if (address != null) {
            IpAddress parsed = IpAddress.parse(address).orElseThrow(() -> detail("Invalid IP address" + where));
            named = named.with("ip", parsed.toString());
        }
        if (!partial && !hasName) {
            throw detail("Missing hostname" + where);
        }
        return named;
    }

    private static XmlException detail(String detail) {
        return new XmlException(XmlErrorKind.XML_DETAIL, detail);
    }
}

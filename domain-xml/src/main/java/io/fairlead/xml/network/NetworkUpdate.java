package io.fairlead.xml.network;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlNode;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One change of a network's definition, as net-update asks for it: a pure function of a document and a piece of XML.
 * Which of the live and the stored definition changes is the caller's matter.
 */
public final class NetworkUpdate {
    /** virNetworkUpdateCommand. */
    public enum Command {
        MODIFY,
        DELETE,
        ADD_LAST,
        ADD_FIRST;

        /**
         * @param number the protocol's
         * @throws XmlException OPERATION_UNSUPPORTED for a number that stands for none
         */
        public static Command of(int number) {
            if (number < 1 || number > values().length) {
                throw unsupported("unrecognized network update command code " + number);
            }
            return values()[number - 1];
        }
    }

    /** virNetworkUpdateSection, with libvirt's words for those that cannot be changed. */
    public enum Section {
        BRIDGE("bridge"),
        DOMAIN("domain"),
        IP("ip"),
        IP_DHCP_HOST("host"),
        IP_DHCP_RANGE("range"),
        FORWARD("forward"),
        FORWARD_INTERFACE("interface"),
        FORWARD_PF("forward pf"),
        PORTGROUP("portgroup"),
        DNS_HOST("host"),
        DNS_TXT("txt"),
        DNS_SRV("srv");

        private final String word;

        Section(String word) {
            this.word = word;
        }

        /**
         * @param number the protocol's
         * @throws XmlException OPERATION_UNSUPPORTED for a number that stands for none
         */
        public static Section of(int number) {
            if (number < 1 || number > values().length) {
                throw unsupported("can't update unrecognized section of network");
            }
            return values()[number - 1];
        }
    }

    private final NetworkDocument document;
    private final String network;
    private final Command command;

    private NetworkUpdate(NetworkDocument document, Command command) {
        this.document = document;
        this.network = document.name();
        this.command = command;
    }

    /**
     * The changed document; the given one stays as it is.
     *
     * @param parentIndex which {@code <ip>} a range or host belongs to, from 0; negative for the first that serves
     * leases, or else the first of IPv4
     * @param xml one element of the section
     * @throws XmlException with libvirt's code and words: OPERATION_UNSUPPORTED for a section that cannot change in
     * this way, OPERATION_INVALID for a change that does not fit the document, others for a bad element
     */
    public static NetworkDocument apply(
            NetworkDocument document, Command command, Section section, int parentIndex, String xml) {
        return new NetworkUpdate(requireNonNull(document, "document"), requireNonNull(command, "command"))
                .apply(section, parentIndex, requireNonNull(xml, "xml"));
    }

    private NetworkDocument apply(Section section, int parentIndex, String xml) {
        XmlElement element = NetworkOrder.TABLE.withoutNoise(XmlReader.read("network_update_xml", xml));
        switch (section) {
            case BRIDGE, DOMAIN, IP, FORWARD, FORWARD_PF -> throw unsupported(
                    "can't update '%s' section of network '%s'".formatted(section.word, network));
            default -> requireName(element, section.word);
        }
        XmlElement tree = document.tree();
        XmlElement changed =
                switch (section) {
                    case IP_DHCP_HOST -> inDhcp(tree, parentIndex, "dhcp host", (dhcp, at) -> host(dhcp, at, element));
                    case IP_DHCP_RANGE -> inDhcp(
                            tree, parentIndex, "dhcp range", (dhcp, at) -> range(dhcp, at, element));
                    case FORWARD_INTERFACE -> tree.mapChild("forward", forward -> forwardInterface(forward, element));
                    case PORTGROUP -> portGroup(tree, element);
                    case DNS_HOST -> inDns(tree, dns -> dnsHost(dns, element));
                    case DNS_TXT -> inDns(tree, dns -> dnsText(dns, element));
                    case DNS_SRV -> inDns(tree, dns -> dnsService(dns, element));
                    default -> throw new IllegalStateException("section " + section);
                };
        return document.changed(changed);
    }

    private void requireName(XmlElement element, String expected) {
        if (!element.is(expected)) {
            throw XmlException.malformed("unexpected element <%s>, expecting <%s>, while updating network '%s'"
                    .formatted(element.name(), expected, network));
        }
    }

    private boolean adds() {
        return command == Command.ADD_FIRST || command == Command.ADD_LAST;
    }

    /** The element before or behind its like; elements of other names keep their places. */
    private XmlElement added(XmlElement parent, XmlElement element) {
        List<XmlElement> alike = parent.elements(element.name());
        if (command == Command.ADD_LAST || alike.isEmpty()) {
            return parent.plus(element);
        }
        List<XmlNode> children = new ArrayList<>(parent.children());
        children.add(children.indexOf(alike.get(0)), element);
        return parent.withChildren(children);
    }

    /** Without one element, and not without others that are equal to it. */
    private static XmlElement without(XmlElement parent, XmlElement element) {
        return parent.minus(child -> child == element);
    }

    // Reservations and ranges

    /** A change below the {@code <dhcp>} of an {@code <ip>}. */
    private interface DhcpChange {
        XmlElement apply(XmlElement dhcp, DhcpRules.Place place);
    }

    private XmlElement inDhcp(XmlElement tree, int parentIndex, String what, DhcpChange change) {
        XmlElement chosen = chosenIp(tree.elements("ip"), parentIndex, what);
        DhcpRules.Place place = DhcpRules.Place.of(chosen, network);
        return tree.mapElements(
                child -> child == chosen ? child.mapChild("dhcp", dhcp -> change.apply(dhcp, place)) : child);
    }

    private XmlElement chosenIp(List<XmlElement> ips, int parentIndex, String what) {
        if (parentIndex >= ips.size()) {
            throw invalid("couldn't update %s entry - no <ip> element found at index %d in network '%s'"
                    .formatted(what, parentIndex, network));
        }
        if (parentIndex >= 0) {
            return ips.get(parentIndex);
        }
        return ips.stream()
                .filter(ip -> DhcpRules.serves(ip.child("dhcp")))
                .findFirst()
                .or(() -> ips.stream()
                        .filter(ip -> ip.attribute("family", "ipv4").equals("ipv4"))
                        .findFirst())
                .orElseThrow(() -> invalid(
                        "couldn't update %s entry - no <ip> element found in network '%s'".formatted(what, network)));
    }

    private XmlElement host(XmlElement dhcp, DhcpRules.Place place, XmlElement written) {
        XmlElement host = DhcpRules.host(written, place, command == Command.DELETE);
        if (host.has("ip")
                && host.attribute("ip").contains(":") != place.address().isIpv6()) {
            throw invalid(
                    "the address family of a host entry IP must match the address family of the dhcp element's parent");
        }
        List<XmlElement> hosts = dhcp.elements("host");
        String shown = "mac='%s'".formatted(host.attribute("mac", ""));
        if (command == Command.DELETE) {
            XmlElement found = hosts.stream()
                    .filter(one -> agrees(one, host, "mac") && agrees(one, host, "name") && agrees(one, host, "ip"))
                    .findFirst()
                    .orElseThrow(() ->
                            invalid("couldn't locate a matching dhcp host entry in network '%s'".formatted(network)));
            return without(dhcp, found);
        }
        XmlElement alike = hosts.stream()
                .filter(one -> same(one, host, "mac") || same(one, host, "name") || same(one, host, "ip"))
                .findFirst()
                .orElse(null);
        if (command == Command.MODIFY) {
            if (alike == null) {
                throw invalid(("couldn't locate an existing dhcp host entry with \"%s\" \"name='%s'\" \"ip='%s'\" in "
                                + "network '%s'")
                        .formatted(shown, host.attribute("name", ""), host.attribute("ip", "unknown"), network));
            }
            return dhcp.mapElements(child -> child == alike ? host : child);
        }
        if (alike != null) {
            throw invalid(
                    "there is an existing dhcp host entry in network '%s' that matches \"<host %s name='%s' ip='%s'/>\""
                            .formatted(network, shown, host.attribute("name", ""), host.attribute("ip", "unknown")));
        }
        return added(dhcp, host);
    }

    private XmlElement range(XmlElement dhcp, DhcpRules.Place place, XmlElement written) {
        XmlElement range = DhcpRules.range(written, place);
        if (command == Command.MODIFY) {
            throw unsupported("dhcp ranges cannot be modified, only added or deleted");
        }
        XmlElement found = dhcp.elements("range").stream()
                .filter(one -> same(one, range, "start") && same(one, range, "end"))
                .findFirst()
                .orElse(null);
        if (command == Command.DELETE) {
            if (found == null) {
                throw invalid("couldn't locate a matching dhcp range entry in network '%s'".formatted(network));
            }
            return without(dhcp, found);
        }
        if (found != null) {
            throw invalid(("there is an existing dhcp range entry in network '%s' that matches \"<range start='%s' "
                            + "end='%s'/>\"")
                    .formatted(network, range.attribute("start"), range.attribute("end")));
        }
        return added(dhcp, range);
    }

    // Devices and port groups

    private XmlElement forwardInterface(XmlElement forward, XmlElement written) {
        if (command == Command.MODIFY) {
            throw unsupported("forward interface entries cannot be modified, only added or deleted");
        }
        String dev = written.attribute("dev", "");
        if (dev.isEmpty()) {
            throw XmlException.malformed("missing dev attribute in <interface> element");
        }
        if (forward.child("pf") != null) {
            throw invalid(
                    "network '%s' gives out the virtual functions of a <pf>, and no interfaces".formatted(network));
        }
        XmlElement found = forward.elements("interface").stream()
                .filter(one -> one.attribute("dev", "").equals(dev))
                .findFirst()
                .orElse(null);
        if (command == Command.DELETE) {
            if (found == null) {
                throw invalid("couldn't find an interface entry in network '%s' matching <interface dev='%s'>"
                        .formatted(network, dev));
            }
            return without(forward, found).without("dev");
        }
        String mode = forward.attribute("mode", NetworkMode.NONE);
        if ((mode.equals("nat") || mode.equals("route")) && forward.child("interface") != null) {
            throw ForwardRules.tooMany(network);
        }
        if (found != null) {
            throw invalid("there is an existing interface entry in network '%s' that matches \"<interface dev='%s'>\""
                    .formatted(network, dev));
        }
        if (mode.equals(NetworkMode.NONE)) {
            throw invalid("network '%s' is isolated, and forwards through no interface".formatted(network));
        }
        // The attribute names the first interface; the rules set it anew.
        return added(forward.without("dev"), written.without("connections"));
    }

    private XmlElement portGroup(XmlElement tree, XmlElement written) {
        String name = written.attribute("name", "");
        if (name.isEmpty()) {
            throw XmlException.malformed("Missing required name attribute in portgroup");
        }
        List<XmlElement> groups = tree.elements("portgroup");
        XmlElement found = groups.stream()
                .filter(group -> group.attribute("name").equals(name))
                .findFirst()
                .orElse(null);
        boolean otherDefault = groups.stream().anyMatch(group -> group != found && LinkReader.yes(group, "default"));
        if (!adds() && found == null) {
            throw invalid("couldn't find a portgroup entry in network '%s' matching <portgroup name='%s'>"
                    .formatted(network, name));
        }
        if (adds() && found != null) {
            throw invalid("there is an existing portgroup entry in network '%s' that matches \"<portgroup name='%s'>\""
                    .formatted(network, name));
        }
        if (command == Command.DELETE) {
            return without(tree, found);
        }
        if (LinkReader.yes(written, "default") && otherDefault) {
            throw invalid(("a different portgroup entry in network '%s' is already set as the default. Only one "
                            + "default is allowed.")
                    .formatted(network));
        }
        return adds() ? added(tree, written) : tree.mapElements(child -> child == found ? written : child);
    }

    // Names

    private XmlElement inDns(XmlElement tree, UnaryOperator<XmlElement> change) {
        return tree.mapChild("dns", change);
    }

    private XmlElement dnsHost(XmlElement dns, XmlElement written) {
        requireAddOrDelete("HOST");
        XmlElement host = DnsRules.host(written, network, command == Command.DELETE);
        List<String> names = names(host);
        if (command == Command.DELETE) {
            return deleted(
                    dns,
                    "host",
                    "HOST",
                    one -> same(one, host, "ip") || names(one).stream().anyMatch(names::contains));
        }
        // libvirt compares addresses only: a name may have several.
        if (dns.elements("host").stream().anyMatch(one -> same(one, host, "ip"))) {
            throw invalid("there is already at least one DNS HOST record with a matching field in network " + network);
        }
        return added(dns, host);
    }

    private static List<String> names(XmlElement host) {
        return host.elements("hostname").stream().map(XmlElement::text).toList();
    }

    private XmlElement dnsText(XmlElement dns, XmlElement written) {
        requireAddOrDelete("TXT");
        XmlElement txt = DnsRules.txt(written, network, command == Command.DELETE);
        if (command == Command.DELETE) {
            return deleted(dns, "txt", "TXT", one -> same(one, txt, "name"));
        }
        if (dns.elements("txt").stream().anyMatch(one -> same(one, txt, "name"))) {
            throw invalid("there is already a DNS TXT record with name '%s' in network %s"
                    .formatted(txt.attribute("name"), network));
        }
        return added(dns, txt);
    }

    private XmlElement dnsService(XmlElement dns, XmlElement written) {
        requireAddOrDelete("SRV");
        XmlElement srv = DnsRules.srv(written, network, command == Command.DELETE);
        Predicate<XmlElement> matches = one -> agrees(one, srv, "service")
                && agrees(one, srv, "protocol")
                && agrees(one, srv, "domain")
                && agrees(one, srv, "target")
                && agrees(one, srv, "port")
                && agrees(one, srv, "priority")
                && agrees(one, srv, "weight");
        if (command == Command.DELETE) {
            return deleted(dns, "srv", "SRV", matches);
        }
        if (dns.elements("srv").stream().anyMatch(matches)) {
            throw invalid(
                    "there is already at least one DNS SRV record matching all specified fields in network " + network);
        }
        return added(dns, srv);
    }

    private void requireAddOrDelete(String record) {
        if (command == Command.MODIFY) {
            throw unsupported("DNS %s records cannot be modified, only added or deleted".formatted(record));
        }
    }

    private XmlElement deleted(XmlElement dns, String name, String record, Predicate<XmlElement> matches) {
        List<XmlElement> found = dns.elements(name).stream().filter(matches).toList();
        if (found.isEmpty()) {
            throw invalid("couldn't locate a matching DNS %s record in network %s".formatted(record, network));
        }
        if (found.size() > 1) {
            throw invalid("multiple matching DNS %s records were found in network %s".formatted(record, network));
        }
        return without(dns, found.get(0));
    }

    /** Whether both have the attribute, with one value; addresses of links are compared as numbers. */
    private static boolean same(XmlElement one, XmlElement other, String attribute) {
        String left = one.attribute(attribute);
        String right = other.attribute(attribute);
        return left != null
                && right != null
                && (attribute.equals("mac") ? plain(left).equals(plain(right)) : left.equals(right));
    }

    private static String plain(String mac) {
        return MacAddress.parse(mac);
    }

    /** Whether the element has the value that is asked for, when one is. */
    private static boolean agrees(XmlElement one, XmlElement asked, String attribute) {
        return !asked.has(attribute) || same(one, asked, attribute);
    }

    private static XmlException invalid(String detail) {
        return new XmlException(XmlErrorKind.OPERATION_INVALID, detail);
    }

    private static XmlException unsupported(String detail) {
        return new XmlException(XmlErrorKind.OPERATION_UNSUPPORTED, detail);
    }
}

package io.fairlead.xml.network;

import io.fairlead.xml.tree.EmptyValues;
import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlNode;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.value.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Turns a client's tree of a network into the one libvirt would store. Applied to its own result it changes nothing.
 */
final class NetworkRules {
    /** The namespace of options that are handed to dnsmasq as they are (network.rng). */
    static final String DNSMASQ = "http://libvirt.org/schemas/network/dnsmasq/1.0";

    /** With ".xml.new" behind it, a name is a file's, which ends at 255 bytes. */
    private static final int NAME_MAX_BYTES = 255 - ".xml.new".length();

    /** IFNAMSIZ of the kernel, without the closing zero. */
    private static final int LINK_NAME_MAX_BYTES = 15;

    /** Elements of which the first counts; libvirt ignores the others. */
    private static final Set<String> SINGLE = Set.of(
            "name",
            "uuid",
            "metadata",
            "forward",
            "bridge",
            "mtu",
            "mac",
            "domain",
            "dns",
            "vlan",
            "bandwidth",
            "port",
            "virtualport");

    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}");

    /** As libvirt 9.0's network driver answers. */
    private static final EmptyValues EMPTY_VALUES = EmptyValues.of(
            """
            network | ipv6 | uuid | trustGuestRxFilters |
            network/forward | mode dev managed |||
            forward/driver | name |||
            forward/nat ||| ipv6 |
            network/bridge | name zone stp delay macTableManager |||
            network/mtu | size |||
            network/mac | address |||
            network/domain ||| localOnly |
            network/dns ||| enable forwardPlainNames |
            network/ip | address family netmask || localPtr | prefix
            */lease ||| unit | expiry
            */vlan | trunk |||
            virtualport/parameters | profileid |||
            network/route |||| prefix metric
            network/portgroup | name default || trustGuestRxFilters |
            vlan/tag ||| nativeMode | id
            network/port ||| isolated |
            ip/tftp | root |||
            """);

    private NetworkRules() {}

    /**
     * @param newUuid asked when the definition has none
     * @param newMac asked when the network is a bridge of its own and the definition has no address for it
     */
    static XmlElement normalise(XmlElement root, Supplier<UUID> newUuid, Supplier<String> newMac) {
        if (!root.is("network")) {
            throw XmlException.wrongRoot("network", root);
        }
        XmlElement tree =
                single(EMPTY_VALUES.apply(NetworkOrder.TABLE.withoutNoise(root)).without("connections"), SINGLE);
        String name = name(tree);
        tree = withUuid(tree, newUuid);
        tree = attributes(tree, name);
        tree = tree.mapElements(child -> part(child, name));
        String mode = NetworkMode.of(tree);
        checkMode(tree, mode, name);
        tree = withBridge(tree, mode, newMac);
        checkVlans(tree, mode, name);
        checkPortGroups(tree.elements("portgroup"), name);
        IpRules.checkDhcpOnce(tree.elements("ip"));
        RouteRules.checkReachable(tree, name);
        tree = tree.mapElements(child -> child.is("forward") ? ForwardRules.withoutHollowParts(child) : child);
        return NetworkOrder.TABLE.apply(withDnsmasqOptions(tree));
    }

    /** Without the second and further elements of these names. */
    static XmlElement single(XmlElement tree, Set<String> names) {
        Set<String> seen = new HashSet<>();
        return tree.mapElements(child ->
                child.namespace().isEmpty() && names.contains(child.name()) && !seen.add(child.name()) ? null : child);
    }

    private static String name(XmlElement tree) {
        String name = tree.childText("name").orElse("");
        if (name.isEmpty()) {
            throw new XmlException(XmlErrorKind.NO_NAME, "missing name information");
        }
        for (char refused : new char[] {'/', '\n'}) {
            if (name.indexOf(refused) >= 0) {
                throw new XmlException(XmlErrorKind.XML_DETAIL, "invalid char in name: " + refused).from(XmlOrigin.XML);
            }
        }
        if (name.equals(".") || name.equals("..")) {
            throw XmlException.malformed("name %s names a directory".formatted(name));
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > NAME_MAX_BYTES) {
            throw XmlException.malformed("name of %d bytes is too long (expected: at most %d), it begins with '%s'"
                    .formatted(bytes, NAME_MAX_BYTES, name.substring(0, 16)));
        }
        return name;
    }

    private static XmlElement withUuid(XmlElement tree, Supplier<UUID> newUuid) {
        String text = tree.childText("uuid").orElse("");
        XmlException refusal = new XmlException(XmlErrorKind.INTERNAL_ERROR, "malformed uuid element");
        UUID uuid = text.isEmpty() ? newUuid.get() : LinkRules.uuid(text, refusal);
        return tree.mapChild("uuid", element -> element.withText(uuid.toString()));
    }

    private static XmlElement attributes(XmlElement tree, String name) {
        LinkRules.requireYesNo(tree, "trustGuestRxFilters");
        String ipv6 = tree.attribute("ipv6", "no");
        if (!ipv6.equals("yes") && !ipv6.equals("no")) {
            throw XmlException.malformed("Invalid ipv6 setting '%s' in network '%s'".formatted(ipv6, name));
        }
        return ipv6.equals("no") ? tree.without("ipv6") : tree;
    }

    private static XmlElement part(XmlElement child, String network) {
        if (!child.namespace().isEmpty()) {
            return child;
        }
        return switch (child.name()) {
            case "forward" -> ForwardRules.forward(child, network);
            case "bridge" -> bridge(child, network);
            case "mtu" -> mtu(child, network);
            case "mac" -> mac(child, network);
            case "domain" -> domain(child);
            case "dns" -> DnsRules.dns(child, network);
            case "vlan" -> LinkRules.vlan(child);
            case "virtualport" -> LinkRules.virtualPort(child, true);
            case "bandwidth" -> bandwidth(child);
            case "port" -> port(child);
            case "ip" -> IpRules.ip(child, network);
            case "route" -> RouteRules.route(child, network);
            case "portgroup" -> portGroup(child, network);
            default -> child;
        };
    }

    private static XmlElement bandwidth(XmlElement bandwidth) {
        if (bandwidth.has("classID")) {
            throw new XmlException(
                            XmlErrorKind.XML_DETAIL,
                            "classID attribute not supported on <bandwidth> in this usage context")
                    .from(XmlOrigin.VALUE);
        }
        XmlElement checked = LinkRules.bandwidth(bandwidth, false);
        return checked.children().isEmpty() ? null : checked;
    }

    private static XmlElement bridge(XmlElement bridge, String network) {
        XmlElement checked = bridge;
        String name = bridge.attribute("name", "");
        if (name.getBytes(StandardCharsets.UTF_8).length > LINK_NAME_MAX_BYTES
                || name.indexOf('/') >= 0
                || name.equals(".")
                || name.equals("..")
                || name.chars().anyMatch(c -> c <= ' ')) {
            throw XmlException.malformed(
                    ("bridge name '%s' in network '%s' is no name of a link (expected: 1..%d bytes without slash "
                                    + "and blank)")
                            .formatted(name, network, LINK_NAME_MAX_BYTES));
        }
        String stp = bridge.attribute("stp");
        if (stp != null && !stp.equals("on") && !stp.equals("off")) {
            checked = checked.without("stp");
        }
        String delay = bridge.attribute("delay");
        if (delay != null) {
            long number = LinkRules.number(delay, Long.MAX_VALUE);
            if (number < 0) {
                throw XmlException.malformed("Invalid delay value in network '%s'".formatted(network));
            }
            checked = checked.with("delay", Long.toString(number));
        }
        String manager = bridge.attribute("macTableManager");
        if (manager != null && !manager.equals("kernel") && !manager.equals("libvirt")) {
            throw XmlException.malformed(
                    "Invalid macTableManager setting '%s' in network '%s'".formatted(manager, network));
        }
        return checked;
    }

    private static XmlElement mtu(XmlElement mtu, String network) {
        String size = mtu.attribute("size");
        if (size == null) {
            return mtu.children().isEmpty() ? null : mtu;
        }
        long number = LinkRules.number(size, 0xffffffffL);
        if (number < 0) {
            throw XmlException.malformed("Invalid mtu size '%s' in network '%s'".formatted(size, network));
        }
        return number == 0 ? null : mtu.with("size", Long.toString(number));
    }

    private static XmlElement mac(XmlElement mac, String network) {
        String address = mac.attribute("address");
        if (address == null) {
            return null;
        }
        if (!MAC.matcher(address).matches()) {
            throw XmlException.malformed("Invalid bridge mac address '%s' in network '%s'".formatted(address, network));
        }
        if ((Integer.parseInt(address.substring(0, address.indexOf(':')), 16) & 1) != 0) {
            throw XmlException.malformed(
                    "Invalid multicast bridge mac address '%s' in network '%s'".formatted(address, network));
        }
        return mac.with("address", MacAddress.parse(address));
    }

    private static XmlElement domain(XmlElement domain) {
        LinkRules.requireYesNo(domain, "localOnly");
        return domain.has("name") ? domain : null;
    }

    private static XmlElement port(XmlElement port) {
        LinkRules.requireYesNo(port, "isolated");
        return port.has("isolated") || !port.children().isEmpty() ? port : null;
    }

    private static XmlElement portGroup(XmlElement group, String network) {
        if (!group.has("name")) {
            throw XmlException.malformed("Missing required name attribute in portgroup");
        }
        LinkRules.requireYesNo(group, "trustGuestRxFilters");
        XmlElement checked = group.attribute("default", "").equals("yes") ? group : group.without("default");
        return checked.mapElements(child -> switch (child.name()) {
            case "vlan", "virtualport", "bandwidth" -> part(child, network);
            default -> child;
        });
    }

    /** Refuses what a network of this kind cannot have. */
    private static void checkMode(XmlElement tree, String mode, String name) {
        if (NetworkMode.ownsBridge(mode)) {
            if (!mode.equals(NetworkMode.NONE) && tree.child("ip") == null) {
                throw XmlException.malformed(
                        "%s forwarding requested, but no IP address provided for network '%s'".formatted(mode, name));
            }
            return;
        }
        XmlElement bridge = tree.child("bridge");
        if (bridge != null && (bridge.has("delay") || bridge.has("stp") || bridge.has("zone"))) {
            throw XmlException.malformed(
                    ("bridge delay/stp/zone options only allowed in route, nat, and isolated mode, not in %s "
                                    + "(network '%s')")
                            .formatted(mode, name));
        }
        if (tree.child("mtu") != null) {
            throw XmlException.malformed(
                    "mtu size only allowed in open, route, nat, and isolated mode, not in %s (network '%s')"
                            .formatted(mode, name));
        }
        boolean named = bridge != null && bridge.has("name");
        if (named && !mode.equals("bridge")) {
            throw XmlException.malformed("bridge name not allowed in %s mode (network '%s')".formatted(mode, name));
        }
        if (named && tree.path("forward", "interface") != null) {
            throw XmlException.malformed(
                    ("A network with forward mode='bridge' can specify a bridge name or a forward dev, but not "
                                    + "both (network '%s')")
                            .formatted(name));
        }
        for (String part : List.of("mac", "domain", "dns", "ip", "bandwidth")) {
            XmlElement element = tree.child(part);
            boolean allowed = part.equals("bandwidth") && mode.equals("bridge")
                    || part.equals("dns") && element != null && !DnsRules.holdsRecords(element);
            if (element != null && !allowed) {
                throw XmlException.unsupported("Unsupported %s<%s> element in network %s with forward mode='%s'"
                        .formatted(part.equals("bandwidth") ? "network-wide " : "", part, name, mode));
            }
        }
    }

    /** A bridge of its own has spanning tree on, no delay, and an address. */
    private static XmlElement withBridge(XmlElement tree, String mode, Supplier<String> newMac) {
        if (!NetworkMode.ownsBridge(mode)) {
            XmlElement bridge = tree.child("bridge");
            boolean hollow = bridge != null
                    && bridge.attributes().isEmpty()
                    && bridge.children().isEmpty();
            return hollow ? tree.minus(child -> child.is("bridge")) : tree;
        }
        return tree.mapChild("bridge", bridge -> bridge.with("stp", bridge.attribute("stp", "on"))
                        .with("delay", bridge.attribute("delay", "0")))
                .mapChild("mac", mac -> mac.has("address") ? mac : mac.with("address", newMac.get()));
    }

    /** VLANs are tagged by an Open vSwitch bridge or by the hardware, and by no other network. */
    private static void checkVlans(XmlElement tree, String mode, String name) {
        List<XmlElement> places = new ArrayList<>(tree.elements("portgroup"));
        places.add(tree);
        boolean hardware = mode.equals("passthrough") || mode.equals("hostdev");
        for (XmlElement place : places) {
            boolean vswitch = mode.equals("bridge") && (isOpenVswitch(place) || isOpenVswitch(tree));
            if (place.child("vlan") != null && !hardware && !vswitch) {
                throw XmlException.unsupported(
                        "<vlan> element specified for network %s, whose type doesn't support vlan configuration"
                                .formatted(name));
            }
        }
    }

    private static boolean isOpenVswitch(XmlElement place) {
        XmlElement port = place.child("virtualport");
        return port != null && port.attribute("type", "").equals("openvswitch");
    }

    private static void checkPortGroups(List<XmlElement> groups, String name) {
        Set<String> names = new HashSet<>();
        String byDefault = null;
        for (XmlElement group : groups) {
            String own = group.attribute("name");
            if (!names.add(own)) {
                throw XmlException.unsupported(
                        "multiple <portgroup> elements with the same name (%s) in network '%s'".formatted(own, name));
            }
            if (group.has("default") && byDefault != null) {
                throw XmlException.unsupported(
                        ("network '%s' has multiple default <portgroup> elements (%s and %s), but only one "
                                        + "default is allowed")
                                .formatted(name, byDefault, own));
            }
            byDefault = group.has("default") ? own : byDefault;
        }
    }

    /** Declared at the root and named by libvirt's own prefix, as clients expect to find them. */
    private static XmlElement withDnsmasqOptions(XmlElement tree) {
        List<XmlElement> options = tree.elements().stream()
                .filter(child -> child.is(DNSMASQ, "options"))
                .flatMap(child -> child.elements().stream())
                .filter(option -> option.is(DNSMASQ, "option"))
                .toList();
        boolean declared = tree.elements().stream().anyMatch(child -> child.is(DNSMASQ, "options"));
        if (!declared) {
            return tree;
        }
        for (XmlElement option : options) {
            if (option.attribute("value", "").isEmpty()) {
                throw new XmlException(XmlErrorKind.INTERNAL_ERROR, "No dnsmasq options value specified");
            }
        }
        XmlElement rest = tree.minus(child -> child.is(DNSMASQ, "options"));
        if (options.isEmpty()) {
            return rest;
        }
        List<XmlNode> shown = new ArrayList<>();
        options.forEach(option -> shown.add(new XmlElement("dnsmasq:option", DNSMASQ, List.of(), List.of())
                .with("value", option.attribute("value"))));
        List<XmlAttribute> attributes = new ArrayList<>(rest.attributes());
        attributes.removeIf(attribute -> attribute.name().equals("xmlns:dnsmasq"));
        attributes.add(0, new XmlAttribute("xmlns:dnsmasq", DNSMASQ));
        return rest.withAttributes(attributes).plus(new XmlElement("dnsmasq:options", DNSMASQ, List.of(), shown));
    }
}

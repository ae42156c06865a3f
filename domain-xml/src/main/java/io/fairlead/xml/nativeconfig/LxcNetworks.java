package io.fairlead.xml.nativeconfig;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Network keys: {@code lxc.net.N.what}, and the older {@code lxc.network.what} where each type begins a new network.
 */
final class LxcNetworks {
    private static final Pattern NUMBERED = Pattern.compile("lxc\\.net\\.([0-9]{1,9})\\.(.+)");
    private static final String LEGACY = "lxc.network.";
    private static final Set<String> KNOWN = Set.of(
            "name",
            "type",
            "link",
            "hwaddr",
            "flags",
            "macvlan.mode",
            "vlan.id",
            "ipv4",
            "ipv4.gateway",
            "ipv4.address",
            "ipv6",
            "ipv6.gateway",
            "ipv6.address");
    private static final Pattern CIDR = Pattern.compile("([0-9a-fA-F.:]+)/([0-9]{1,3})");

    private LxcNetworks() {}

    /** One network: its single values, and its addresses, of which there may be several. */
    private record Network(Map<String, String> values, List<String[]> addresses) {
        Network() {
            this(new LinkedHashMap<>(), new ArrayList<>());
        }

        String type() {
            return values.getOrDefault("type", "");
        }
    }

    static List<XmlElement> devices(LxcConfig config) {
        List<XmlElement> devices = new ArrayList<>();
        for (Network network : networks(config)) {
            switch (network.type()) {
                case "", "empty", "none" -> {
                    // Nothing to plug in; whether the host's network is shared is a feature.
                }
                case "phys", "vlan" -> devices.add(hostLink(network));
                default -> devices.add(link(network));
            }
        }
        return devices;
    }

    private static List<Network> networks(LxcConfig config) {
        Map<String, Network> networks = new LinkedHashMap<>();
        int legacy = 0;
        for (LxcConfig.Entry entry : config.entries()) {
            Matcher numbered = NUMBERED.matcher(entry.key());
            if (numbered.matches()) {
                put(networks.computeIfAbsent(numbered.group(1), index -> new Network()), numbered.group(2), entry);
            } else if (entry.key().startsWith(LEGACY)) {
                String what = entry.key().substring(LEGACY.length());
                if (what.equals("type")) {
                    networks.put("legacy" + ++legacy, new Network());
                }
                Network last = networks.get("legacy" + legacy);
                if (last == null) {
                    throw LxcImport.internal("%s comes before %stype".formatted(entry.key(), LEGACY));
                }
                put(last, what, entry);
            }
        }
        return List.copyOf(networks.values());
    }

    private static void put(Network network, String what, LxcConfig.Entry entry) {
        if (!KNOWN.contains(what)) {
            throw XmlException.unsupported("unhandled network property: " + entry.key());
        }
        switch (what) {
            case "ipv4", "ipv4.address" -> network.addresses().add(address("ipv4", entry.value()));
            case "ipv6", "ipv6.address" -> network.addresses().add(address("ipv6", entry.value()));
            default -> network.values().put(what, entry.value());
        }
    }

    /** Family, address, prefix length. lxc.container.conf allows a broadcast address behind; it can be computed. */
    private static String[] address(String family, String value) {
        String[] words = value.strip().split("\\s+");
        Matcher match = CIDR.matcher(words[0]);
        if (!match.matches() || match.group(1).indexOf(':') >= 0 != family.equals("ipv6")) {
            throw XmlException.invalidArgument("Invalid CIDR address: '%s'".formatted(value));
        }
        return new String[] {family, match.group(1), match.group(2)};
    }

    private static XmlElement hostLink(Network network) {
        String link = network.values().get("link");
        if (link == null) {
            throw XmlException.unsupported("Missing 'link' attribute for NIC");
        }
        String vlan = network.values().get("vlan.id");
        String name = network.type().equals("vlan") && vlan != null ? link + "." + vlan : link;
        XmlElement device = XmlElement.of("hostdev")
                .with("mode", "capabilities")
                .with("type", "net")
                .plus(XmlElement.of("source").plus(XmlElement.of("interface", name)));
        return withAddresses(device, network);
    }

    private static XmlElement link(Network network) {
        XmlElement device = XmlElement.of("interface");
        String hardware = network.values().get("hwaddr");
        if (hardware != null) {
            device = device.plus(XmlElement.of("mac").with("address", hardware));
        }
        device = withSource(device, network);
        device = withAddresses(device, network);
        String name = network.values().get("name");
        if (name != null) {
            device = device.plus(XmlElement.of("guest").with("dev", name));
        }
        boolean up = "up".equals(network.values().get("flags"));
        return device.plus(XmlElement.of("link").with("state", up ? "up" : "down"));
    }

    private static XmlElement withSource(XmlElement device, Network network) {
        String link = network.values().get("link");
        switch (network.type()) {
            case "veth":
                return link == null
                        ? device.with("type", "ethernet")
                        : device.with("type", "bridge")
                                .plus(XmlElement.of("source").with("bridge", link));
            case "macvlan":
                if (link == null) {
                    throw XmlException.unsupported("Missing 'link' attribute for NIC");
                }
                String mode = network.values().getOrDefault("macvlan.mode", "private");
                if (!Set.of("private", "vepa", "bridge").contains(mode)) {
                    throw XmlException.unsupported("unknown macvlan mode: " + mode);
                }
                return device.with("type", "direct")
                        .plus(XmlElement.of("source").with("dev", link).with("mode", mode));
            default:
                throw XmlException.unsupported("unknown network type: " + network.type());
        }
    }

    private static XmlElement withAddresses(XmlElement device, Network network) {
        XmlElement addressed = device;
        for (String[] address : network.addresses()) {
            addressed = addressed.plus(XmlElement.of("ip")
                    .with("address", address[1])
                    .with("family", address[0])
                    .with("prefix", address[2]));
        }
        for (String family : List.of("ipv4", "ipv6")) {
            String gateway = network.values().get(family + ".gateway");
            if (gateway != null) {
                addressed = addressed.plus(XmlElement.of("route")
                        .with("family", family)
                        .with("address", family.equals("ipv4") ? "0.0.0.0" : "::")
                        .with("gateway", gateway));
            }
        }
        return addressed;
    }
}

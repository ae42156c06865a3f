package io.fairlead.xml.domain.normal;

import io.fairlead.xml.network.LinkRules;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.value.MacAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Network interfaces: an address for each, and a source of the right kind. */
final class InterfaceRules {
    private static final Set<String> TYPES = Set.of(
            "user",
            "ethernet",
            "server",
            "client",
            "mcast",
            "network",
            "bridge",
            "internal",
            "direct",
            "hostdev",
            "udp",
            "vhostuser",
            "vdpa",
            "null",
            "vds");

    /** The attribute that the type needs to have a meaning. */
    private static final Map<String, String> SOURCE = Map.of("network", "network", "bridge", "bridge", "direct", "dev");

    /** Parts that have no meaning without an attribute, and that libvirt then does not print. */
    private static final Set<String> HOLLOW = Set.of("guest", "link", "mtu");

    private static final Set<String> PORTS = Set.of("none", "802.1Qbg", "802.1Qbh", "openvswitch", "midonet");

    /** Names that libvirt gives out itself, and therefore does not store. */
    private static final Pattern GENERATED = Pattern.compile("(vnet|macvtap|macvlan)[0-9]+");

    private InterfaceRules() {}

    static XmlElement networkInterface(XmlElement element, Supplier<String> newMac) {
        String type = element.attribute("type", "user");
        if (!TYPES.contains(type)) {
            throw XmlException.invalidAttribute(element, "type", type);
        }
        checkSource(element, type);
        String address = Optional.ofNullable(element.child("mac"))
                .map(mac -> mac.attribute("address"))
                .orElse(null);
        String mac = address == null ? newMac.get() : MacAddress.parse(address);
        return withoutLiveParts(element.with("type", type))
                .mapChild("mac", old -> old.with("address", mac))
                .mapElements(InterfaceRules::part);
    }

    private static XmlElement part(XmlElement child) {
        if (HOLLOW.contains(child.name()) && child.attributes().isEmpty() && TreeChanges.isEmpty(child)) {
            return null;
        }
        if (child.is("virtualport")) {
            checkPort(child);
        }
        return child.is("vlan") ? LinkRules.vlan(child) : AddressRules.child(child);
    }

    private static void checkPort(XmlElement port) {
        String type = port.attribute("type");
        if (type != null && !PORTS.contains(type)) {
            throw XmlException.unsupported("unknown virtualport type " + type).from(XmlOrigin.VALUE);
        }
        XmlElement parameters = port.child("parameters");
        String id = parameters == null ? null : parameters.attribute("interfaceid");
        if (id != null && !IdentityRules.isUuid(id)) {
            throw XmlException.malformed("cannot parse interfaceid parameter as a uuid")
                    .from(XmlOrigin.VALUE);
        }
    }

    private static void checkSource(XmlElement element, String type) {
        String needed = SOURCE.get(type);
        XmlElement source = element.child("source");
        if (needed != null && (source == null || !source.has(needed))) {
            throw XmlException.malformed("Missing required attribute '%s' in element 'source'".formatted(needed))
                    .from(XmlOrigin.XML);
        }
    }

    /** Clients send back live documents; values of that one run are removed. */
    private static XmlElement withoutLiveParts(XmlElement element) {
        XmlElement stored = element.mapElements(child -> {
            if (child.is("target")
                    && GENERATED.matcher(child.attribute("dev", "")).matches()) {
                XmlElement rest = child.without("dev");
                return rest.attributes().isEmpty() ? null : rest;
            }
            if (child.is("guest") && child.has("actual")) {
                XmlElement rest = child.without("actual");
                return rest.attributes().isEmpty() ? null : rest;
            }
            return child;
        });
        String type = stored.attribute("type");
        return TreeChanges.mapIfPresent(stored, "source", source -> switch (type) {
            case "network" -> source.without("portid").without("bridge");
            case "direct" -> source.with("mode", source.attribute("mode", "vepa"));
            default -> source.mapElements(AddressRules::child);
        });
    }
}

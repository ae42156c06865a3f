package io.fairlead.xml.network;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.network.model.Bandwidth;
import io.fairlead.xml.network.model.VirtualPort;
import io.fairlead.xml.network.model.Vlan;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import io.fairlead.xml.value.MacAddress;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code <networkport>}: the place that one interface has on a network. Immutable. */
public final class NetworkPortDocument {
    /** Elements of which the first counts. */
    private static final Set<String> SINGLE =
            Set.of("uuid", "owner", "group", "mac", "rxfilters", "virtualport", "bandwidth", "vlan", "port", "plug");

    private static final Set<String> PLUGS = Set.of("none", "network", "bridge", "direct", "hostdev-pci");
    private static final Set<String> DIRECT_MODES = Set.of("vepa", "private", "bridge", "passthrough");

    private final XmlElement tree;

    private NetworkPortDocument(XmlElement tree) {
        this.tree = tree;
    }

    /**
     * Reads a port as a client sends it, or as it was stored.
     *
     * @param newUuid asked when the port has none
     * @throws XmlException with libvirt's code; XML_ERROR for a part that is missing or wrong
     */
    public static NetworkPortDocument parse(String xml, Supplier<UUID> newUuid) {
        XmlElement root = XmlReader.read("networkport_definition", requireNonNull(xml, "xml"));
        if (!root.is("networkport")) {
            throw XmlException.wrongRoot("networkport", root);
        }
        XmlElement port = NetworkRules.single(NetworkOrder.TABLE.withoutNoise(root), SINGLE);
        String text = port.childText("uuid").orElse("");
        UUID uuid = text.isEmpty()
                ? newUuid.get()
                : LinkRules.uuid(text, XmlException.malformed("Failed to parse UUID '%s'".formatted(text)));
        XmlElement checked = checkOwner(port)
                .mapChild("uuid", element -> element.withText(uuid.toString()))
                .mapElements(NetworkPortDocument::part);
        return new NetworkPortDocument(NetworkOrder.TABLE.apply(checked));
    }

    private static XmlElement checkOwner(XmlElement port) {
        XmlElement owner = port.child("owner");
        if (owner == null || owner.childText("name").orElse("").isEmpty()) {
            throw XmlException.malformed("Missing name of the owner of a network port");
        }
        String text = owner.childText("uuid").orElse("");
        UUID uuid = LinkRules.uuid(text, XmlException.malformed("Failed to parse UUID '%s'".formatted(text)));
        XmlElement mac = port.child("mac");
        if (mac == null || !mac.has("address")) {
            throw XmlException.malformed("Missing mac address of a network port");
        }
        return port.mapChild("owner", element -> element.mapChild("uuid", child -> child.withText(uuid.toString())));
    }

    private static XmlElement part(XmlElement child) {
        if (!child.namespace().isEmpty()) {
            return child;
        }
        switch (child.name()) {
            case "mac":
                return child.with("address", MacAddress.parse(child.attribute("address")));
            case "rxfilters":
                LinkRules.requireYesNo(child, "trustGuest");
                return child;
            case "port":
                LinkRules.requireYesNo(child, "isolated");
                return child;
            case "bandwidth":
                checkClass(child);
                return LinkRules.bandwidth(child, true);
            case "vlan":
                return LinkRules.vlan(child);
            case "virtualport":
                return LinkRules.virtualPort(child, false);
            case "plug":
                return plug(child);
            default:
                return child;
        }
    }

    private static void checkClass(XmlElement bandwidth) {
        String id = bandwidth.attribute("classID");
        if (id != null && LinkRules.number(id, 0xffffffffL) < 1) {
            throw new XmlException(XmlErrorKind.XML_DETAIL, "Unable to parse class id '%s'".formatted(id));
        }
    }

    private static XmlElement plug(XmlElement plug) {
        String type = plug.attribute("type");
        if (type == null || !PLUGS.contains(type)) {
            throw XmlException.invalidAttribute(plug, "type", type == null ? "" : type);
        }
        switch (type) {
            case "network", "bridge" -> {
                require(plug, "bridge");
                LinkRules.requireChoice(plug, "macTableManager", "kernel", "libvirt");
            }
            case "direct" -> {
                require(plug, "dev");
                require(plug, "mode");
                LinkRules.requireChoice(plug, "mode", DIRECT_MODES.toArray(String[]::new));
            }
            case "hostdev-pci" -> {
                LinkRules.requireYesNo(plug, "managed");
                XmlElement address = plug.child("address");
                if (address == null) {
                    throw XmlException.malformed("Missing <address> in the plug of a network port");
                }
                return plug.mapElements(child -> child.is("address") ? PciAddresses.normalise(child) : child);
            }
            default -> {
                // A port without a plug.
            }
        }
        return plug;
    }

    private static void require(XmlElement plug, String attribute) {
        if (plug.attribute(attribute, "").isEmpty()) {
            throw XmlException.missingAttribute(plug, attribute);
        }
    }

    public UUID uuid() {
        return UUID.fromString(tree.childText("uuid").orElseThrow());
    }

    /** The domain whose interface it is. */
    public UUID owner() {
        return UUID.fromString(tree.path("owner", "uuid").text());
    }

    public String ownerName() {
        return tree.path("owner", "name").text();
    }

    /** In libvirt's form: lower case, two digits each. */
    public String mac() {
        return tree.child("mac").attribute("address");
    }

    /** The name of a {@code <portgroup>} of the network. */
    public Optional<String> group() {
        return tree.childText("group").filter(name -> !name.isEmpty());
    }

    /** none, network, bridge, direct or hostdev-pci. */
    public String plugType() {
        XmlElement plug = tree.child("plug");
        return plug == null ? "none" : plug.attribute("type");
    }

    /** An attribute of the plug: bridge, dev, mode, macTableManager, managed. */
    public Optional<String> plug(String attribute) {
        return Optional.ofNullable(tree.child("plug")).map(plug -> plug.attribute(attribute));
    }

    public Optional<Bandwidth> bandwidth() {
        return LinkReader.bandwidth(tree);
    }

    public Optional<Vlan> vlan() {
        return LinkReader.vlan(tree);
    }

    public Optional<VirtualPort> virtualPort() {
        return LinkReader.virtualPort(tree);
    }

    public boolean isolated() {
        XmlElement port = tree.child("port");
        return port != null && LinkReader.yes(port, "isolated");
    }

    /** The text that is stored, and that a client sees. */
    public String toXml() {
        return XmlWriter.document(tree);
    }
}

package io.fairlead.xml.nwfilter;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.tree.ElementOrder;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import io.fairlead.xml.value.MacAddress;
import java.util.Optional;
import java.util.UUID;

/** {@code <filterbinding>}: a filter in force on one interface of one domain. Immutable. */
public final class FilterBindingDocument {
    private static final ElementOrder ORDER = ElementOrder.of(
            """
            /filterbinding || owner portdev linkdev mac filterref
            filterbinding/owner || name uuid
            """);

    private final XmlElement tree;

    private FilterBindingDocument(XmlElement tree) {
        this.tree = tree;
    }

    /**
     * Reads a binding as a client sends it, or as it was stored.
     *
     * @throws XmlException INTERNAL_ERROR for a part that is missing, as libvirt has it; XML_ERROR for a wrong value
     */
    public static FilterBindingDocument parse(String xml) {
        XmlElement root = XmlReader.read("nwfilterbinding_definition", requireNonNull(xml, "xml"));
        if (!root.is("filterbinding")) {
            throw XmlException.wrongRoot("filterbinding", root);
        }
        XmlElement tree = ORDER.withoutNoise(root);
        requireAttribute(tree, "portdev", "name", "filter binding has no port dev name");
        requireAttribute(tree, "filterref", "filter", "filter binding has no filter reference");
        requireAttribute(tree, "mac", "address", "filter binding has no MAC address");
        if (text(tree, "name").isEmpty()) {
            throw internal("filter binding has no owner name");
        }
        String uuid = text(tree, "uuid");
        if (uuid.isEmpty()) {
            throw internal("filter binding has no owner UUID");
        }
        String digits = uuid.strip().replace("-", "");
        if (!digits.matches("[0-9a-fA-F]{32}")) {
            throw internal("malformed uuid element '%s'".formatted(uuid));
        }
        UUID owner = new UUID(
                Long.parseUnsignedLong(digits.substring(0, 16), 16), Long.parseUnsignedLong(digits.substring(16), 16));
        return new FilterBindingDocument(ORDER.apply(
                tree.mapChild("owner", element -> element.mapChild("uuid", child -> child.withText(owner.toString())))
                        .mapChild("mac", mac -> mac.with("address", MacAddress.parse(mac.attribute("address"))))
                        .mapChild("filterref", FilterParameters::normalise)));
    }

    private static String text(XmlElement tree, String part) {
        XmlElement element = tree.path("owner", part);
        return element == null ? "" : element.text();
    }

    private static void requireAttribute(XmlElement tree, String child, String attribute, String detail) {
        XmlElement element = tree.child(child);
        if (element == null || element.attribute(attribute, "").isEmpty()) {
            throw internal(detail);
        }
    }

    private static XmlException internal(String detail) {
        return new XmlException(XmlErrorKind.INTERNAL_ERROR, detail);
    }

    /** The domain whose interface it is. */
    public UUID owner() {
        return UUID.fromString(tree.path("owner", "uuid").text());
    }

    public String ownerName() {
        return tree.path("owner", "name").text();
    }

    /** The link on the host that carries the interface's packets; it names the binding. */
    public String portDevice() {
        return tree.child("portdev").attribute("name");
    }

    /** The device of the host that a macvtap link sits on. */
    public Optional<String> linkDevice() {
        return Optional.ofNullable(tree.child("linkdev")).map(link -> link.attribute("name"));
    }

    /** In libvirt's form: lower case, two digits each. */
    public String mac() {
        return tree.child("mac").attribute("address");
    }

    public FilterReference filter() {
        return FilterReference.read(tree.child("filterref"));
    }

    /** The text that is stored, and that a client sees. */
    public String toXml() {
        return XmlWriter.document(tree);
    }
}

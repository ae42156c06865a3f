package io.fairlead.xml.nwfilter;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The definition of a network filter: a normalised tree that keeps its author's text, and typed views. Immutable. */
public final class FilterDocument {
    private final XmlElement tree;
    private final String xml;

    private FilterDocument(XmlElement tree) {
        this.tree = tree;
        this.xml = XmlWriter.document(tree);
    }

    /**
     * Reads a definition as a client sends it, or as it was stored.
     *
     * @param newUuid asked when the definition has none
     * @throws XmlException with libvirt's code and words
     */
    public static FilterDocument parse(String xml, Supplier<UUID> newUuid) {
        XmlElement root = XmlReader.read("nwfilter_definition", requireNonNull(xml, "xml"));
        return new FilterDocument(FilterRules.normalise(root, newUuid));
    }

    public String name() {
        return tree.attribute("name");
    }

    public UUID uuid() {
        return UUID.fromString(tree.childText("uuid").orElseThrow());
    }

    /** {@code root}, or a name that begins with a protocol's. */
    public String chain() {
        return tree.attribute("chain");
    }

    /** -1000..1000; the lowest comes first. */
    public int chainPriority() {
        return Integer.parseInt(tree.attribute("priority", "0"));
    }

    /** Rules and references, as they were written. */
    public List<FilterEntry> entries() {
        return tree.elements().stream()
                .filter(child -> child.is("rule") || child.is("filterref"))
                .map(child -> child.is("rule") ? rule(child) : FilterReference.read(child))
                .toList();
    }

    private static FilterEntry rule(XmlElement rule) {
        return new FilterRule(
                rule.attribute("action"),
                rule.attribute("direction"),
                Integer.parseInt(rule.attribute("priority")),
                !rule.has("statematch"),
                rule.elements().stream()
                        .filter(child -> Protocols.has(child.name()))
                        .map(FilterDocument::match)
                        .toList());
    }

    private static FilterRule.Match match(XmlElement protocol) {
        Map<String, FilterValue> known = Protocols.attributes(protocol.name());
        return new FilterRule.Match(
                protocol.name(),
                protocol.has("match"),
                protocol.attributes().stream()
                        .filter(attribute -> known.containsKey(attribute.name()))
                        .collect(Collectors.toMap(XmlAttribute::name, XmlAttribute::value)));
    }

    /** The text that is stored, and that a client sees. */
    public String toXml() {
        return xml;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilterDocument document && document.xml.equals(xml);
    }

    @Override
    public int hashCode() {
        return xml.hashCode();
    }

    @Override
    public String toString() {
        return "FilterDocument[%s %s]".formatted(name(), uuid());
    }
}

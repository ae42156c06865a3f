package io.fairlead.core.domain;

import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Title, description and clients' own elements in a definition, as libvirt's virDomainDefSetMetadata keeps them: one element
 * per namespace, which is declared with the prefix its client chose, and handed out again without either.
 */
final class Metadata {
    private Metadata() {}

    /** Null if there is none. */
    static String get(DomainDocument definition, MetadataKind kind, String uri) {
        return switch (kind) {
            case TITLE -> definition.definition().title().orElse(null);
            case DESCRIPTION -> definition.definition().description().orElse(null);
            case ELEMENT -> element(definition.tree(), uri).map(Metadata::bare).orElse(null);
        };
    }

    /** With that text; without any if it is null, or empty for a title or description. */
    static DomainDocument with(DomainDocument definition, MetadataKind kind, String text, String key, String uri) {
        return XmlFailures.translate(() -> {
            XmlElement edited = kind == MetadataKind.ELEMENT
                    ? withElement(definition.tree(), text, key, uri)
                    : withText(definition.tree(), kind, text);
            return DomainDocument.parse(XmlWriter.document(edited));
        });
    }

    private static XmlElement withText(XmlElement domain, MetadataKind kind, String text) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        boolean removes = text == null || text.isEmpty();
        return domain.mapChild(name, element -> removes ? null : element.withText(text));
    }

    private static XmlElement withElement(XmlElement domain, String text, String key, String uri) {
        XmlElement added = text == null ? null : named(XmlReader.read("(metadata_xml)", text), key, uri);
        return domain.mapChild("metadata", metadata -> {
            XmlElement others = metadata.minus(child -> child.namespace().equals(uri));
            XmlElement all = added == null ? others : others.plus(added);
            return all.elements().isEmpty() ? null : all;
        });
    }

    private static XmlElement named(XmlElement element, String key, String uri) {
        List<XmlAttribute> attributes = new ArrayList<>(List.of(new XmlAttribute("xmlns:" + key, uri)));
        element.attributes().stream()
                .filter(attribute -> !attribute.name().equals("xmlns:" + key))
                .forEach(attributes::add);
        return new XmlElement(key + ":" + element.localName(), uri, attributes, element.children());
    }

    private static Optional<XmlElement> element(XmlElement domain, String uri) {
        return Optional.ofNullable(domain.child("metadata")).flatMap(metadata -> metadata.elements().stream()
                .filter(child -> child.namespace().equals(uri))
                .findFirst());
    }

    private static String bare(XmlElement element) {
        List<XmlAttribute> attributes = element.attributes().stream()
                .filter(attribute ->
                        !(attribute.declaresNamespace() && attribute.value().equals(element.namespace())))
                .toList();
        return XmlWriter.foreign(new XmlElement(element.localName(), "", attributes, element.children()));
    }
}

package io.fairlead.xml.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The meaning of an empty value, place by place, in one kind of document. libvirt reads most texts and some attributes
 * by XPath (virXPathString, virXPathULong), where an empty one counts as absent; attributes that it reads as a choice
 * or as a number (virXMLPropEnum, virXMLPropUInt) are refused when they are empty; all others hold the empty text.
 */
public final class EmptyValues {
    /**
     * @param attributes that count as absent
     * @param children that count as absent when nothing is inside, with or without attributes
     * @param choices attributes that must name one of several words
     * @param numbers attributes that must hold a number
     */
    private record Place(Set<String> attributes, Set<String> children, Set<String> choices, Set<String> numbers) {}

    private static final int COLUMNS = 5;

    private final Map<String, Place> places;

    private EmptyValues(Map<String, Place> places) {
        this.places = Map.copyOf(places);
    }

    /**
     * Reads a table: one place a line, {@code parent/element}, or {@code * /element} (without the space) below any
     * parent, or {@code element} at the root, and behind it, each after a bar, the four lists of {@link Place}.
     */
    public static EmptyValues of(String table) {
        Map<String, Place> places = new HashMap<>();
        table.lines().forEach(line -> {
            String[] columns = line.split("\\|", -1);
            if (columns.length != COLUMNS) {
                throw new IllegalArgumentException("line: '%s' (expected: five columns)".formatted(line));
            }
            Place place = new Place(names(columns[1]), names(columns[2]), names(columns[3]), names(columns[4]));
            if (places.put(columns[0].strip(), place) != null) {
                throw new IllegalArgumentException("line: '%s' (expected: each place once)".formatted(line));
            }
        });
        return new EmptyValues(places);
    }

    private static Set<String> names(String column) {
        return column.isBlank() ? Set.of() : Set.of(column.strip().split(" +"));
    }

    /**
     * Removes values that count as absent. Elements in a namespace, and everything below metadata, do not belong to
     * libvirt and stay.
     *
     * @throws XmlException for an empty value that libvirt refuses
     */
    public XmlElement apply(XmlElement root) {
        return apply("", root);
    }

    private XmlElement apply(String parent, XmlElement element) {
        if (!element.namespace().isEmpty() || element.is("metadata")) {
            return element;
        }
        return withoutEmptyAttributes(parent, element)
                .mapElements(child -> isHollow(child) && countsAsAbsent(parent, element, child)
                        ? null
                        : apply(element.name(), child));
    }

    private boolean countsAsAbsent(String parent, XmlElement element, XmlElement child) {
        Place place = child.namespace().isEmpty() ? find(parent, element) : null;
        return place != null && place.children().contains(child.name());
    }

    private static boolean isHollow(XmlElement element) {
        return element.children().isEmpty()
                || element.holdsOnlyText() && element.text().isEmpty();
    }

    private XmlElement withoutEmptyAttributes(String parent, XmlElement element) {
        if (element.attributes().stream()
                .noneMatch(attribute -> attribute.value().isEmpty())) {
            return element;
        }
        Place place = find(parent, element);
        if (place == null) {
            return element;
        }
        List<XmlAttribute> kept = new ArrayList<>();
        for (XmlAttribute attribute : element.attributes()) {
            if (!attribute.value().isEmpty()) {
                kept.add(attribute);
                continue;
            }
            if (place.choices().contains(attribute.name())) {
                throw XmlException.invalidAttribute(element, attribute.name(), "");
            }
            if (place.numbers().contains(attribute.name())) {
                throw XmlException.invalidNumber(element, attribute.name(), "", null);
            }
            if (!place.attributes().contains(attribute.name())) {
                kept.add(attribute);
            }
        }
        return kept.size() == element.attributes().size() ? element : element.withAttributes(kept);
    }

    private Place find(String parent, XmlElement element) {
        Place own = places.get(parent.isEmpty() ? element.name() : parent + "/" + element.name());
        return own == null ? places.get("*/" + element.name()) : own;
    }
}

package io.fairlead.xml.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which libvirt 9.0 prints the attributes and children of one kind of document.
 *
 * <p>An element that libvirt does not know stays behind the known one it followed, a comment stays in front of the
 * element it stood before; so nothing is lost and a second pass changes nothing.
 */
public final class ElementOrder {
    /** A place behind every known one, for comments that follow the last element. */
    private static final int LAST = Integer.MAX_VALUE;

    private static final int COLUMNS = 3;

    /** The ranks of an element's attributes and children. */
    private record Ranks(Map<String, Integer> attributes, Map<String, Integer> children) {}

    /** An element with the comments in front of it. */
    private record Unit(List<XmlNode> nodes, int rank) {}

    private final Map<String, Ranks> places;

    private ElementOrder(Map<String, Ranks> places) {
        this.places = Map.copyOf(places);
    }

    /**
     * Reads a table, one line per element: its parent (a star for any) and name, its attributes, its children,
     * parted by bars. Names that are missing keep the order they came in. The parent counts: a disk's serial is a
     * text, a serial
     * port is a device.
     */
    public static ElementOrder of(String table) {
        Map<String, Ranks> places = new HashMap<>();
        table.lines().forEach(line -> {
            String[] columns = line.split("\\|", -1);
            if (columns.length != COLUMNS) {
                throw new IllegalArgumentException("line: '%s' (expected: three columns)".formatted(line));
            }
            places.put(columns[0].strip(), new Ranks(ranks(columns[1]), ranks(columns[2])));
        });
        return new ElementOrder(places);
    }

    private static Map<String, Integer> ranks(String names) {
        Map<String, Integer> ranks = new HashMap<>();
        if (!names.isBlank()) {
            for (String name : names.strip().split(" +")) {
                ranks.put(name, ranks.size());
            }
        }
        return Map.copyOf(ranks);
    }

    /**
     * Without the text between the parts of known elements, layout or not: libvirt ignores that text, and left in place
     * it would make the layout around it meaningful. Unknown elements lose only their layout.
     */
    public XmlElement withoutNoise(XmlElement element) {
        return withoutNoise("", element);
    }

    private XmlElement withoutNoise(String parent, XmlElement element) {
        Ranks order = find(parent, element);
        if (order == null || order.children().isEmpty()) {
            return element.withoutLayout();
        }
        List<XmlNode> kept = new ArrayList<>(element.children().size());
        for (XmlNode child : element.children()) {
            if (child instanceof XmlElement part) {
                kept.add(withoutNoise(element.name(), part));
            } else if (!(child instanceof XmlText)) {
                kept.add(child);
            }
        }
        return element.withChildren(kept);
    }

    private Ranks find(String parent, XmlElement element) {
        Ranks own = places.get(parent + "/" + element.name());
        return own == null ? places.get("*/" + element.name()) : own;
    }

    /** Orders an element and all below it. Content that is not libvirt's, as in metadata, is left alone. */
    public XmlElement apply(XmlElement element) {
        return apply("", element);
    }

    private XmlElement apply(String parent, XmlElement element) {
        if (element.is("metadata")) {
            return element;
        }
        XmlElement sorted = element.mapElements(child -> apply(element.name(), child));
        Ranks order = find(parent, element);
        return order == null ? sorted : sortAttributes(sortChildren(sorted, order.children()), order.attributes());
    }

    private static XmlElement sortAttributes(XmlElement element, Map<String, Integer> ranks) {
        List<XmlAttribute> sorted = new ArrayList<>(element.attributes());
        sorted.sort(Comparator.comparingInt(attribute -> ranks.getOrDefault(attribute.name(), LAST)));
        return sorted.equals(element.attributes()) ? element : element.withAttributes(sorted);
    }

    private static XmlElement sortChildren(XmlElement element, Map<String, Integer> ranks) {
        if (ranks.isEmpty()) {
            return element;
        }
        List<Unit> units = new ArrayList<>();
        Unit open = new Unit(new ArrayList<>(), LAST);
        int rank = -1;
        for (XmlNode child : element.children()) {
            open.nodes().add(child);
            if (child instanceof XmlElement named) {
                rank = ranks.getOrDefault(named.name(), rank);
                units.add(new Unit(open.nodes(), rank));
                open = new Unit(new ArrayList<>(), LAST);
            }
        }
        units.add(open);
        units.sort(Comparator.comparingInt(Unit::rank));
        List<XmlNode> sorted = new ArrayList<>();
        units.forEach(unit -> sorted.addAll(unit.nodes()));
        return sorted.equals(element.children()) ? element : element.withChildren(sorted);
    }
}

package io.fairlead.xml.emptied;

import io.fairlead.xml.Goldens;
import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlNode;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Valid documents of every kind with one value emptied, and libvirt 9.0's treatment of each, as recorded in
 * {@code emptied/places.txt}.
 */
public final class EmptiedLeaves {
    /** The result is that of a document without the value. */
    public static final String ABSENT = "absent";

    /** The document is accepted, and holds the empty value. */
    public static final String KEPT = "kept";

    /**
     * @param place such as {@code /pool/target/path}, or with an attribute {@code /pool/source/host/@name}
     * @param emptied the document with the empty value
     * @param removed the document without the value
     */
    public record Leaf(String place, String emptied, String removed) {}

    private EmptiedLeaves() {}

    /** One leaf for every place in a golden definition or in a document of our own, in a fixed order. */
    public static List<Leaf> all() {
        Map<String, Leaf> leaves = new LinkedHashMap<>();
        Stream.concat(
                        Goldens.cases("golden").map(folder -> folder.resolve("input.xml")),
                        Goldens.cases("emptied").filter(file -> file.toString().endsWith(".xml")))
                .flatMap(EmptiedLeaves::of)
                .forEach(leaf -> leaves.putIfAbsent(leaf.place(), leaf));
        return List.copyOf(leaves.values());
    }

    /** libvirt's treatment of a place: {@link #ABSENT}, {@link #KEPT}, or code, origin and message of a refusal. */
    public static Map<String, String> recorded() {
        return lines('/');
    }

    /** Places where we differ on purpose, and the reasons. */
    public static Map<String, String> leftOut() {
        return lines('!');
    }

    private static Map<String, String> lines(char mark) {
        Map<String, String> lines = new TreeMap<>();
        Path file = Goldens.cases("emptied")
                .filter(path -> path.endsWith("places.txt"))
                .findFirst()
                .orElseThrow();
        Goldens.read(file).lines().filter(line -> line.charAt(0) == mark).forEach(line -> {
            int space = line.indexOf(' ');
            lines.put(line.substring(mark == '!' ? 1 : 0, space), line.substring(space + 1));
        });
        return lines;
    }

    private static Stream<Leaf> of(Path file) {
        XmlElement root = XmlReader.read("test", Goldens.read(file));
        List<Leaf> leaves = new ArrayList<>();
        collect(root, "", changed -> changed, leaves);
        return leaves.stream();
    }

    private static void collect(
            XmlElement element, String parent, UnaryOperator<XmlElement> toRoot, List<Leaf> leaves) {
        String place = parent + "/" + element.localName();
        for (XmlAttribute attribute : element.attributes()) {
            if (!attribute.declaresNamespace()) {
                leaves.add(new Leaf(
                        place + "/@" + attribute.name(),
                        text(toRoot.apply(element.with(attribute.name(), ""))),
                        text(toRoot.apply(element.without(attribute.name())))));
            }
        }
        if (element.holdsOnlyText() && !element.text().isBlank()) {
            leaves.add(new Leaf(place, text(toRoot.apply(element.withText(""))), text(toRoot.apply(null))));
        }
        for (int i = 0; i < element.children().size(); i++) {
            int at = i;
            if (element.children().get(i) instanceof XmlElement child && !child.is("metadata")) {
                collect(child, place, changed -> toRoot.apply(with(element, at, changed)), leaves);
            }
        }
    }

    private static XmlElement with(XmlElement element, int at, XmlElement child) {
        List<XmlNode> children = new ArrayList<>(element.children());
        if (child == null) {
            children.remove(at);
        } else {
            children.set(at, child);
        }
        return element.withChildren(children);
    }

    private static String text(XmlElement root) {
        return XmlWriter.document(root);
    }
}

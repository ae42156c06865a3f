package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlNode;
import io.fairlead.xml.tree.XmlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes of trees that several rules need. */
final class TreeChanges {
    private TreeChanges() {}

    /** Removes every second element of a name that may stand once. */
    static XmlElement single(XmlElement parent, Set<String> names) {
        Set<String> seen = new HashSet<>();
        return parent.mapElements(child ->
                child.namespace().isEmpty() && names.contains(child.name()) && !seen.add(child.name()) ? null : child);
    }

    /** Moves the content of all elements of that name into the first: some clients send a second devices element. */
    static XmlElement merged(XmlElement parent, String name) {
        List<XmlElement> parts = parent.elements(name);
        if (parts.size() < 2) {
            return parent;
        }
        List<XmlNode> content = new ArrayList<>();
        List<XmlAttribute> attributes = new ArrayList<>();
        for (XmlElement part : parts) {
            content.addAll(part.children());
            part.attributes().stream()
                    .filter(attribute ->
                            attributes.stream().noneMatch(known -> known.name().equals(attribute.name())))
                    .forEach(attributes::add);
        }
        XmlElement first = parts.get(0);
        XmlElement merged = new XmlElement(first.name(), first.namespace(), attributes, content);
        boolean[] placed = {false};
        return parent.mapElements(child -> {
            if (!child.is(name)) {
                return child;
            }
            if (placed[0]) {
                return null;
            }
            placed[0] = true;
            return merged;
        });
    }

    /** Adds a child with that text unless there is one with a text that is not empty. */
    static XmlElement withDefault(XmlElement parent, String name, String text) {
        return parent.mapChild(name, child -> child.text().isEmpty() ? child.withText(text) : child);
    }

    /** Removes children of these names that hold nothing, which libvirt reads as absent. */
    static XmlElement withoutEmpty(XmlElement parent, Set<String> names) {
        return parent.minus(child -> names.contains(child.name())
                && child.namespace().isEmpty()
                && child.attributes().isEmpty()
                && isEmpty(child));
    }

    /** Whether nothing but layout is inside. */
    static boolean isEmpty(XmlElement element) {
        for (XmlNode child : element.children()) {
            if (!(child instanceof XmlText text && text.isBlank())) {
                return false;
            }
        }
        return true;
    }

    /** Changes the first child of that name when there is one. */
    static XmlElement mapIfPresent(XmlElement parent, String name, UnaryOperator<XmlElement> change) {
        return parent.child(name) == null ? parent : parent.mapChild(name, change);
    }
}

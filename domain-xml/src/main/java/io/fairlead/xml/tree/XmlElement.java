package io.fairlead.xml.tree;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An element. Every "with" and "without" method returns a new element and leaves this one alone; children that did not
 * change are shared.
 *
 * @param name with its prefix, if it has one
 * @param namespace the URI the name belongs to, empty for none
 * @param attributes in the order written, namespace declarations first
 */
public record XmlElement(String name, String namespace, List<XmlAttribute> attributes, List<XmlNode> children)
        implements XmlNode {

    public XmlElement {
        requireNonNull(name, "name");
        requireNonNull(namespace, "namespace");
        attributes = List.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** An empty element without a namespace. */
    public static XmlElement of(String name) {
        return new XmlElement(name, "", List.of(), List.of());
    }

    /** An element without a namespace that holds only text. */
    public static XmlElement of(String name, String text) {
        return of(name).withText(text);
    }

    /** The name without its prefix. */
    public String localName() {
        return name.substring(name.indexOf(':') + 1);
    }

    /** Whether this is the element of that name in no namespace, which is where all of libvirt's own live. */
    public boolean is(String plainName) {
        return namespace.isEmpty() && name.equals(plainName);
    }

    /** Whether this is an element of that local name in that namespace, with any prefix. */
    public boolean is(String namespaceUri, String localName) {
        return namespace.equals(namespaceUri) && localName().equals(localName);
    }

    /** The value of an attribute, or null. */
    public String attribute(String attributeName) {
        for (XmlAttribute attribute : attributes) {
            if (attribute.name().equals(attributeName)) {
                return attribute.value();
            }
        }
        return null;
    }

    /** The value of an attribute, or the given one when it is absent. */
    public String attribute(String attributeName, String otherwise) {
        String value = attribute(attributeName);
        return value == null ? otherwise : value;
    }

    public boolean has(String attributeName) {
        return attribute(attributeName) != null;
    }

    /** All text directly inside, joined. */
    public String text() {
        if (children.size() == 1 && children.get(0) instanceof XmlText only) {
            return only.text();
        }
        StringBuilder text = new StringBuilder();
        for (XmlNode child : children) {
            if (child instanceof XmlText piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }

    /**
     * Whether white space inside means something: there is text between the tags, or the author says so with
     * {@code xml:space='preserve'}.
     */
    public boolean holdsText() {
        for (XmlNode child : children) {
            if (child instanceof XmlText text && !text.isBlank()) {
                return true;
            }
        }
        return "preserve".equals(attribute("xml:space"));
    }

    /** Whether nothing but text is inside; also if nothing is. */
    public boolean holdsOnlyText() {
        for (XmlNode child : children) {
            if (!(child instanceof XmlText)) {
                return false;
            }
        }
        return true;
    }

    /** Without the white space that only lays out, here and below; where {@link #holdsText()}, nothing changes. */
    public XmlElement withoutLayout() {
        if (children.isEmpty() || holdsText() || holdsOnlyText()) {
            return this;
        }
        List<XmlNode> kept = new ArrayList<>(children.size());
        for (XmlNode child : children) {
            if (child instanceof XmlElement element) {
                kept.add(element.withoutLayout());
            } else if (!(child instanceof XmlText)) {
                kept.add(child);
            }
        }
        return withChildren(kept);
    }

    /** The child elements, in order. */
    public List<XmlElement> elements() {
        List<XmlElement> elements = new ArrayList<>(children.size());
        for (XmlNode child : children) {
            if (child instanceof XmlElement element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** The child elements of that name in no namespace, in order. */
    public List<XmlElement> elements(String childName) {
        List<XmlElement> elements = new ArrayList<>();
        for (XmlNode child : children) {
            if (child instanceof XmlElement element && element.is(childName)) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** The first child element of that name in no namespace, or null. */
    public XmlElement child(String childName) {
        for (XmlNode child : children) {
            if (child instanceof XmlElement element && element.is(childName)) {
                return element;
            }
        }
        return null;
    }

    /** The first element at the end of a path of child names, or null. */
    public XmlElement path(String... names) {
        XmlElement at = this;
        for (String step : names) {
            at = at.child(step);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /** The text of the first child element of that name, when there is one. */
    public Optional<String> childText(String childName) {
        return Optional.ofNullable(child(childName)).map(XmlElement::text);
    }

    public XmlElement withName(String newName) {
        return new XmlElement(newName, namespace, attributes, children);
    }

    public XmlElement withAttributes(List<XmlAttribute> newAttributes) {
        return new XmlElement(name, namespace, newAttributes, children);
    }

    public XmlElement withChildren(List<? extends XmlNode> newChildren) {
        return new XmlElement(name, namespace, attributes, List.copyOf(newChildren));
    }

    /** Replaces all children by text; the empty text leaves no child. */
    public XmlElement withText(String text) {
        return withChildren(text.isEmpty() ? List.of() : List.of(new XmlText(text)));
    }

    /** Sets an attribute: in its place when it exists, else at the end. */
    public XmlElement with(String attributeName, String value) {
        List<XmlAttribute> changed = new ArrayList<>(attributes);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).name().equals(attributeName)) {
                changed.set(i, new XmlAttribute(attributeName, value));
                return withAttributes(changed);
            }
        }
        changed.add(new XmlAttribute(attributeName, value));
        return withAttributes(changed);
    }

    /** As {@link #with(String, String)}, first in the list of attributes when it is new. */
    public XmlElement withFirst(String attributeName, String value) {
        if (has(attributeName)) {
            return with(attributeName, value);
        }
        return withAttributes(Stream.concat(Stream.of(new XmlAttribute(attributeName, value)), attributes.stream())
                .toList());
    }

    public XmlElement without(String attributeName) {
        if (!has(attributeName)) {
            return this;
        }
        return withAttributes(attributes.stream()
                .filter(attribute -> !attribute.name().equals(attributeName))
                .toList());
    }

    /** Adds a node behind all others. */
    public XmlElement plus(XmlNode child) {
        List<XmlNode> changed = new ArrayList<>(children);
        changed.add(child);
        return withChildren(changed);
    }

    /** Adds an element behind the last one; a comment that ends the content stays at its end. */
    private XmlElement plusElement(XmlElement child) {
        int end = children.size();
        while (end > 0 && !(children.get(end - 1) instanceof XmlElement)) {
            end--;
        }
        if (end == 0) {
            return plus(child);
        }
        List<XmlNode> changed = new ArrayList<>(children);
        changed.add(end, child);
        return withChildren(changed);
    }

    /** Removes every child element the test holds for. */
    public XmlElement minus(Predicate<XmlElement> test) {
        List<XmlNode> kept = new ArrayList<>(children.size());
        for (XmlNode child : children) {
            if (!(child instanceof XmlElement element && test.test(element))) {
                kept.add(child);
            }
        }
        return kept.size() == children.size() ? this : withChildren(kept);
    }

    /** Changes every child element; a null result removes it. */
    public XmlElement mapElements(UnaryOperator<XmlElement> change) {
        List<XmlNode> changed = new ArrayList<>(children.size());
        boolean same = true;
        for (XmlNode child : children) {
            XmlNode after = child instanceof XmlElement element ? change.apply(element) : child;
            same &= after == child;
            if (after != null) {
                changed.add(after);
            }
        }
        return same ? this : withChildren(changed);
    }

    /**
     * Changes the first child of that name; when there is none, starts from {@link #of(String)}. Null removes the
     * child.
     */
    public XmlElement mapChild(String childName, UnaryOperator<XmlElement> change) {
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof XmlElement element && element.is(childName)) {
                List<XmlNode> changed = new ArrayList<>(children);
                XmlElement after = change.apply(element);
                if (after == null) {
                    changed.remove(i);
                } else {
                    changed.set(i, after);
                }
                return withChildren(changed);
            }
        }
        XmlElement made = change.apply(of(childName));
        return made == null ? this : plusElement(made);
    }
}

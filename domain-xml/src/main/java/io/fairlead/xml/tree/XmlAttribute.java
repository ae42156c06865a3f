package io.fairlead.xml.tree;

import static java.util.Objects.requireNonNull;

/**
 * One attribute as written; a namespace declaration is one too, because prefixes must be printed as they came.
 *
 * @param name with its prefix, if it has one
 */
public record XmlAttribute(String name, String value) {
    public XmlAttribute {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }

    /** Whether this is {@code xmlns} or {@code xmlns:prefix}. */
    public boolean declaresNamespace() {
        return name.equals("xmlns") || name.startsWith("xmlns:");
    }
}

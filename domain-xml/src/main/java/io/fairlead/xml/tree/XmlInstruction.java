package io.fairlead.xml.tree;

import static java.util.Objects.requireNonNull;

/** A processing instruction inside the root element; {@code data} may be empty. */
public record XmlInstruction(String target, String data) implements XmlNode {
    public XmlInstruction {
        requireNonNull(target, "target");
        requireNonNull(data, "data");
    }
}

package io.fairlead.xml.tree;

import static java.util.Objects.requireNonNull;

/**
 * Characters between tags, entities resolved.
 *
 * @param cdata written as a CDATA section, and printed as one again
 */
public record XmlText(String text, boolean cdata) implements XmlNode {
    public XmlText {
        requireNonNull(text, "text");
    }

    public XmlText(String text) {
        this(text, false);
    }

    /** Whether this is only layout, which the writer makes anew. */
    public boolean isBlank() {
        return !cdata && XmlChars.isBlank(text);
    }
}

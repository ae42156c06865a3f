package io.fairlead.libvirt;

import java.util.ArrayDeque;
import java.util.Deque;

/** Builds indented XML in libvirt's form: two spaces a level, single quotes. */
final class XmlText {
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element with child elements. {@code attributes} are names and values in turn. */
    XmlText begin(String name, Object... attributes) {
        tag(name, attributes).append(">\n");
        open.push(name);
        return this;
    }

    XmlText end() {
        String name = open.pop();
        indent().append("</").append(name).append(">\n");
        return this;
    }

    XmlText empty(String name, Object... attributes) {
        tag(name, attributes).append("/>\n");
        return this;
    }

    XmlText element(String name, Object content, Object... attributes) {
        tag(name, attributes)
                .append('>')
                .append(escaped(content))
                .append("</")
                .append(name)
                .append(">\n");
        return this;
    }

    private StringBuilder tag(String name, Object... attributes) {
        indent().append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ')
                    .append(attributes[i])
                    .append("='")
                    .append(escaped(attributes[i + 1]))
                    .append('\'');
        }
        return text;
    }

    private StringBuilder indent() {
        return text.append("  ".repeat(open.size()));
    }

    private static String escaped(Object value) {
        return value.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&apos;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

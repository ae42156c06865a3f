package io.fairlead.xml.tree;

import java.util.List;

/**
 * Prints a tree as libvirt does: two spaces per level, single quotes, one line for an element with only text. Clients
 * compare such documents as text, so the form is part of the contract.
 *
 * <p>A {@code metadata} element's content is printed as libvirt prints it, too: through libxml2, with double quotes.
 */
public final class XmlWriter {
    /** Stands for the depth inside an element that holds text, where no white space may be added. */
    private static final int AS_WRITTEN = -1;

    private final StringBuilder out;
    private final char quote;
    private final boolean escapesQuotesInText;

    private XmlWriter(StringBuilder out, boolean foreign) {
        this.out = out;
        this.quote = foreign ? '"' : '\'';
        this.escapesQuotesInText = !foreign;
    }

    /** A whole document, with a line feed at its end. */
    public static String document(XmlElement root) {
        StringBuilder out = new StringBuilder(2048);
        new XmlWriter(out, false).element(root, 0);
        return out.append('\n').toString();
    }

    /** One user-given element as libxml2 would print it, without a line feed at its end. */
    public static String foreign(XmlElement element) {
        StringBuilder out = new StringBuilder(256);
        new XmlWriter(out, true).element(element, 0);
        return out.toString();
    }

    private void element(XmlElement element, int depth) {
        out.append('<').append(element.name());
        for (XmlAttribute attribute : element.attributes()) {
            out.append(' ').append(attribute.name()).append('=').append(quote);
            escapeAttribute(attribute.value());
            out.append(quote);
        }
        if (element.children().isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        XmlWriter inside = quote == '\'' && element.is("metadata") ? new XmlWriter(out, true) : this;
        inside.content(element, depth);
        out.append("</").append(element.name()).append('>');
    }

    private void content(XmlElement element, int depth) {
        List<XmlNode> children = element.children();
        if (depth == AS_WRITTEN || element.holdsText() || element.holdsOnlyText()) {
            children.forEach(child -> node(child, AS_WRITTEN));
            return;
        }
        for (XmlNode child : children) {
            if (!(child instanceof XmlText)) {
                newLine(depth + 1);
                node(child, depth + 1);
            }
        }
        newLine(depth);
    }

    private void newLine(int depth) {
        out.append('\n');
        for (int i = 0; i < depth; i++) {
            out.append("  ");
        }
    }

    private void node(XmlNode node, int depth) {
        if (node instanceof XmlElement element) {
            element(element, depth);
        } else if (node instanceof XmlText text && text.cdata()) {
            out.append("<![CDATA[").append(text.text()).append("]]>");
        } else if (node instanceof XmlText text) {
            escapeText(text.text());
        } else if (node instanceof XmlComment comment) {
            out.append("<!--").append(comment.text()).append("-->");
        } else if (node instanceof XmlInstruction instruction) {
            out.append("<?").append(instruction.target());
            if (!instruction.data().isEmpty()) {
                out.append(' ').append(instruction.data());
            }
            out.append("?>");
        }
    }

    private void escapeText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\r' -> out.append("&#13;"); // a bare one would come back as a line feed
                case '"' -> out.append(escapesQuotesInText ? "&quot;" : "\"");
                case '\'' -> out.append(escapesQuotesInText ? "&apos;" : "'");
                default -> out.append(c);
            }
        }
    }

    private void escapeAttribute(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append(escapesQuotesInText ? "&apos;" : "'");
                    // Bare ones would be read back as spaces.
                case '\n' -> out.append("&#10;");
                case '\t' -> out.append("&#9;");
                case '\r' -> out.append("&#13;");
                default -> out.append(c);
            }
        }
    }
}

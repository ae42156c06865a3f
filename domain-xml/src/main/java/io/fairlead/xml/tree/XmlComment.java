package io.fairlead.xml.tree;

/** A comment, without its delimiters. */
public record XmlComment(String text) implements XmlNode {
    public XmlComment {
        if (text.contains("--") || text.endsWith("-")) {
            throw new IllegalArgumentException("comment: holds -- or ends with - (expected: what XML can delimit)");
        }
    }
}

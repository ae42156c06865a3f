package io.fairlead.xml.tree;

/** The classes of characters in XML 1.0. */
public final class XmlChars {
    private XmlChars() {}

    /** Whether the text has nothing but XML's four white-space characters. */
    public static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Space, tab, line feed, carriage return. */
    public static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    /** Whether every character may stand in an XML 1.0 document at all (section 2.2). */
    public static boolean isLegal(String text) {
        return text.codePoints()
                .allMatch(c -> c >= 0x20 && c <= 0xd7ff
                        || c == '\n'
                        || c == '\t'
                        || c == '\r'
                        || c >= 0xe000 && c <= 0xfffd
                        || c >= 0x10000);
    }
}

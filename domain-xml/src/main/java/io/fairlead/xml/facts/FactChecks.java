package io.fairlead.xml.facts;

import io.fairlead.xml.tree.XmlChars;
import io.fairlead.xml.tree.XmlException;

/** The checks that several facts share. */
final class FactChecks {
    private FactChecks() {}

    static XmlException refused(String detail) {
        return XmlException.malformed("container facts: " + detail);
    }

    /** Any text that an XML document can carry, the empty one, too. */
    static void writable(String what, String text) {
        if (!XmlChars.isLegal(text)) {
            throw refused("%s holds a character that XML has no way to write".formatted(what));
        }
    }

    static void present(String what, String text) {
        if (text.isEmpty()) {
            throw refused("%s is empty".formatted(what));
        }
        writable(what, text);
    }

    static void inRange(String what, long number, long least, long most) {
        if (number < least || number > most) {
            throw refused("%s: %d (expected: %d..%d)".formatted(what, number, least, most));
        }
    }
}

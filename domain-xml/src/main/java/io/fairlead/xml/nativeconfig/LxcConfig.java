package io.fairlead.xml.nativeconfig;

import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A configuration file as it stands: assignments in order, because a key may come more than once. */
record LxcConfig(List<Entry> entries) {
    /**
     * Far more than any container has, and few enough for the work on each; also the limit for lines of an XML
     * document.
     */
    static final int ENTRIES_MAX = 10_000;

    /** One line {@code key = value}. */
    record Entry(String key, String value) {}

    LxcConfig {
        entries = List.copyOf(entries);
    }

    /** Reads assignments, empty lines and comments; anything else is an error with its line. */
    static LxcConfig parse(String text) {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            int equals = content.indexOf('=');
            if (equals < 0) {
                throw syntax(number, "expecting an assignment");
            }
            String key = content.substring(0, equals).strip();
            if (!key.matches("[a-zA-Z][a-zA-Z0-9_.\\-]*")) {
                throw syntax(number, "expecting a name");
            }
            if (entries.size() == ENTRIES_MAX) {
                throw syntax(number, "more than %d assignments".formatted(ENTRIES_MAX));
            }
            entries.add(new Entry(key, unquoted(content.substring(equals + 1).strip())));
        }
        return new LxcConfig(entries);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static XmlException syntax(int line, String obstacle) {
        return new XmlException(XmlErrorKind.CONF_SYNTAX, "memory conf:%d: %s".formatted(line, obstacle))
                .from(XmlOrigin.CONFIG);
    }

    /** The first value of the first of these keys that has one. */
    Optional<String> first(String... keys) {
        return Stream.of(keys).flatMap(this::all).findFirst();
    }

    /** Every value of a key, in order. */
    Stream<String> all(String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).map(Entry::value);
    }
}

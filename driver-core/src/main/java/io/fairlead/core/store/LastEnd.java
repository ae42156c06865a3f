package io.fairlead.core.store;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Properties;

/**
 * How a domain last ended.
 *
 * @param reason the name of a {@code StopReason}
 * @param status as {@link io.fairlead.core.backend.GuestExit#status}
 * @param at ISO 8601 instant
 * @param messages for an administrator, one line each
 */
public record LastEnd(String reason, int status, String at, List<String> messages) {
    public LastEnd {
        messages = List.copyOf(messages);
    }

    /** The text form: lines of key and value. */
    String toText() {
        Properties lines = new Properties();
        lines.setProperty("reason", reason);
        lines.setProperty("status", Integer.toString(status));
        lines.setProperty("at", at);
        lines.setProperty("messages", String.join("\n", messages));
        StringWriter text = new StringWriter();
        try {
            lines.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot be written to", e);
        }
        return text.toString();
    }

    /** @throws IOException if the text is malformed */
    static LastEnd of(String text) throws IOException {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
            return new LastEnd(
                    need(lines, "reason"),
                    Integer.parseInt(need(lines, "status")),
                    need(lines, "at"),
                    need(lines, "messages").lines().toList());
        } catch (IllegalArgumentException e) {
            throw new IOException("not a record of an end: " + e.getMessage(), e);
        }
    }

    private static String need(Properties lines, String key) throws IOException {
        String value = lines.getProperty(key);
        if (value == null) {
            throw new IOException("not a record of an end: it has no '%s'".formatted(key));
        }
        return value;
    }
}

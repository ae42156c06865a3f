package io.fairlead.daemon.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of {@code key = value} lines. Empty lines and lines that begin with {@code #} are ignored. Only a key for a
 * list may be given more than once.
 */
final class ConfigFile {
    /** One value and its place, for messages. */
    record Entry(Path file, int line, String key, String value) {
        ConfigException wrong(String expected) {
            return new ConfigException("%s line %d: %s: %s (expected: %s)".formatted(file, line, key, value, expected));
        }
    }

    private final Map<String, List<Entry>> entries;

    private ConfigFile(Map<String, List<Entry>> entries) {
        this.entries = entries;
    }

    static ConfigFile empty() {
        return new ConfigFile(Map.of());
    }

    /** @throws ConfigException for a file that cannot be read, a line without {@code =}, or an unknown key */
    static ConfigFile read(Path file, Set<String> knownKeys) {
        try {
            return parse(file, Files.readAllLines(file), knownKeys);
        } catch (IOException e) {
            throw new ConfigException("cannot read configuration %s: %s".formatted(file, e), e);
        }
    }

    private static ConfigFile parse(Path file, List<String> lines, Set<String> knownKeys) {
        Map<String, List<Entry>> entries = new TreeMap<>();
        int number = 0;
        for (String line : lines) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new ConfigException(
                        "%s line %d: %s (expected: key = value)".formatted(file, number, line.strip()));
            }
            String key = line.substring(0, equals).strip();
            if (!knownKeys.contains(key)) {
                throw new ConfigException("%s line %d: unknown key %s".formatted(file, number, key));
            }
            entries.computeIfAbsent(key, ignored -> new ArrayList<>())
                    .add(new Entry(
                            file,
                            number,
                            key,
                            unquoted(line.substring(equals + 1).strip())));
        }
        return new ConfigFile(entries);
    }

    /** The value without double quotes, in which libvirtd.conf puts text; both forms mean the same here. */
    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The value of a key that may be given once, or null. */
    Entry one(String key) {
        List<Entry> all = all(key);
        if (all.size() > 1) {
            Entry second = all.get(1);
            throw new ConfigException("%s line %d: %s is given twice".formatted(second.file(), second.line(), key));
        }
        return all.isEmpty() ? null : all.get(0);
    }

    List<Entry> all(String key) {
        return entries.getOrDefault(key, List.of());
    }
}

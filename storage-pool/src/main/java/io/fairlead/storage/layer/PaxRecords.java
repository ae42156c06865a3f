package io.fairlead.storage.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of an extended header, for values without room in an ordinary one (POSIX pax(1), "pax Extended Header").
 * Values are bytes: capabilities are no text, and names in no encoding are written raw by common programs.
 */
final class PaxRecords {
    static final PaxRecords NONE = new PaxRecords(Map.of(), List.of());

    private static final String ATTRIBUTE = "SCHILY.xattr.";
    private static final String EXTENT_AT = "GNU.sparse.offset";
    private static final String EXTENT_BYTES = "GNU.sparse.numbytes";

    private final Map<String, String> values;
    private final List<String> extents;

    private PaxRecords(Map<String, String> values, List<String> extents) {
        this.values = values;
        this.extents = extents;
    }

    /** Each record is its own length in decimal digits, a space, a key, {@code =}, a value and a newline. */
    static PaxRecords parse(byte[] block) throws TarException {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> extents = new ArrayList<>();
        int at = 0;
        while (at < block.length) {
            int space = indexOf(block, ' ', at, Math.min(block.length, at + 8));
            int length = length(new String(block, at, Math.max(0, space - at), ISO_8859_1));
            int end = at + length - 1;
            int equals = indexOf(block, '=', space, Math.min(block.length, Math.max(space, end)));
            if (space < 0 || equals < 0 || end >= block.length || block[end] != '\n') {
                throw new TarException("an extended header is damaged at byte %d".formatted(at));
            }
            String key = new String(block, space + 1, equals - space - 1, ISO_8859_1);
            String value = new String(block, equals + 1, end - equals - 1, ISO_8859_1);
            if (key.equals(EXTENT_AT) || key.equals(EXTENT_BYTES)) {
                extents.add(value); // of the oldest form of sparse files, which repeats these two
            } else {
                values.put(key, value);
            }
            at = end + 1;
        }
        return new PaxRecords(values, extents);
    }

    private static int length(String digits) {
        return digits.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(digits) : 0;
    }

    private static int indexOf(byte[] block, char wanted, int from, int to) {
        for (int i = Math.max(0, from); i < to; i++) {
            if (block[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** An empty value takes an earlier one away, so it is none. */
    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    /** A name of a file. @throws TarException if it holds a NUL */
    Optional<String> name(String key) throws TarException {
        Optional<String> name = text(key);
        if (name.isPresent() && name.get().indexOf('\0') >= 0) {
            throw new TarException("a name holds a NUL");
        }
        return name;
    }

    Optional<Long> number(String key) throws TarException {
        Optional<String> text = text(key);
        return text.isPresent() ? Optional.of(number(key, text.get())) : Optional.empty();
    }

    static long number(String key, String text) throws TarException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new TarException("%s is no number".formatted(key), e);
        }
    }

    /** Extended attributes, values by name. */
    Map<String, byte[]> attributes() throws TarException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (value.getKey().startsWith(ATTRIBUTE)) {
                String name = value.getKey().substring(ATTRIBUTE.length());
                if (name.isEmpty() || name.indexOf('\0') >= 0) {
                    throw new TarException("an extended attribute has no usable name");
                }
                found.put(name, value.getValue().getBytes(ISO_8859_1));
            }
        }
        return found;
    }

    /** Offsets and lengths, one after the other, of a sparse file's data; empty if there are none. */
    List<String> extents() {
        return text("GNU.sparse.map").map(map -> List.of(map.split(","))).orElse(extents);
    }
}

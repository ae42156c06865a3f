package io.fairlead.linux.netlink;

import java.nio.charset.StandardCharsets;

/** Names that a link may be given. */
public final class LinkName {
    /** In bytes of UTF-8: IFNAMSIZ without the NUL (linux/if.h). */
    public static final int BYTES_MAX = 15;

    private LinkName() {}

    /**
     * Passes a good name through. Beside the rules of the kernel (dev_valid_name), this refuses {@code %}, by which the
     * kernel would make up a number, and all control characters, which the kernel would take.
     *
     * @throws IllegalArgumentException if the name is empty, too long, a dot or two, or holds a slash, a colon, a
     *     percent sign, a blank or a control character
     */
    public static String check(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "name of a link '%s': %d bytes (expected: 1..%d)".formatted(name, bytes, BYTES_MAX));
        }
        boolean odd = name.codePoints().anyMatch(LinkName::forbidden);
        if (odd || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    "name of a link '%s': not . or .., and no slash, colon, percent sign, blank or control character"
                            .formatted(name));
        }
        return name;
    }

    private static boolean forbidden(int character) {
        return "/:%".indexOf(character) >= 0
                || Character.isISOControl(character)
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.SURROGATE; // half a pair has no UTF-8
    }
}

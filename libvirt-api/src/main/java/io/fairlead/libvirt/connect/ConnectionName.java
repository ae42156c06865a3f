package io.fairlead.libvirt.connect;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.libvirt.error.Errors;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name that a client opens. The client removes transport suffix and host before it sends the name. */
final class ConnectionName {
    /** The default for a client that sends no name, such as {@code virsh} without {@code -c}. */
    private static final String DEFAULT = "lxc:///system";

    private static final Set<String> SCHEMES = Set.of("lxc", "fairlead");
    private static final Set<String> PATHS = Set.of("", "/", "/system");

    /**
     * Scheme, authority and path, as RFC 3986, appendix B, separates them; clients send {@code lxc://}, which the JDK
     * refuses.
     */
    private static final Pattern PARTS =
            Pattern.compile("(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\\?[^#]*)?(?:#.*)?", Pattern.DOTALL);

    private static final Pattern ESCAPED = Pattern.compile("%[0-9a-fA-F]{2}");

    /** After the escapes are gone. A single character class: a choice of two would take stack for each character. */
    private static final Pattern LEGAL = Pattern.compile("[!#$&-;=?-Z\\[\\]_a-z~]*");

    /** An authority without a host; it may contain a user or a port. */
    private static final Pattern NO_HOST = Pattern.compile("(?:[^@]*@)?(?::[0-9]*)?");

    private ConnectionName() {}

    /** Returns the name as the connection's URI, for a client that asks for it. */
    static String accepted(String name) {
        if (name == null || name.isEmpty()) {
            return DEFAULT;
        }
        Matcher parts = PARTS.matcher(name);
        if (!isLegal(name) || name.startsWith(":") || !parts.matches()) {
            throw Errors.host(ErrorCode.INTERNAL_ERROR, "Unable to parse URI %s".formatted(name));
        }
        if (parts.group(1) == null) {
            throw Errors.noDriver("URI '%s' does not include a driver name".formatted(name));
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String authority = parts.group(2) == null ? "" : parts.group(2);
        if (!SCHEMES.contains(scheme) || !NO_HOST.matcher(authority).matches()) {
            throw Errors.noDriver(name);
        }
        String path = decoded(parts.group(3));
        if (!PATHS.contains(path)) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR, "Unexpected LXC URI path '%s', try %s:///system".formatted(path, scheme));
        }
        return scheme + name.substring(scheme.length());
    }

    private static boolean isLegal(String name) {
        return LEGAL.matcher(ESCAPED.matcher(name).replaceAll("")).matches();
    }

    /** A plus sign stays a plus sign, which {@link URLDecoder} would turn into a blank. */
    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

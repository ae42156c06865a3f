package io.fairlead.libvirt;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** The name a client opens. Transport suffix and host are gone by the time it reaches a server. */
final class ConnectionName {
    /** What a client gets that names nothing, as {@code virsh} without {@code -c} does. */
    private static final String DEFAULT = "lxc:///system";

    private static final Set<String> SCHEMES = Set.of("lxc", "fairlead");
    private static final Set<String> PATHS = Set.of("", "/", "/system");

    private ConnectionName() {}

    /** Returns the name in the form that a client is told when it asks for its URI. */
    static String accepted(String name) {
        if (name == null || name.isEmpty()) {
            return DEFAULT;
        }
        URI uri = parsed(name);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.isEmpty()) {
            throw Errors.noDriver("URI '%s' does not include a driver name".formatted(name));
        }
        if (!SCHEMES.contains(scheme) || uri.getRawAuthority() != null || uri.isOpaque()) {
            throw Errors.noDriver(name);
        }
        if (!PATHS.contains(uri.getPath())) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "Unexpected LXC URI path '%s', try %s:///system".formatted(uri.getPath(), scheme));
        }
        return scheme + name.substring(scheme.length());
    }

    private static URI parsed(String name) {
        try {
            return new URI(name);
        } catch (URISyntaxException e) {
            throw Errors.host(ErrorCode.INTERNAL_ERROR, "Unable to parse URI %s".formatted(name));
        }
    }
}

package io.fairlead.daemon.config;

import io.fairlead.daemon.config.ConfigFile.Entry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parses values of the configuration. */
final class Values {
    private static final int OCTAL = 8;
    private static final int MODE_MIN = 0700;
    private static final int MODE_MAX = 0777;

    private static final int PORT_MAX = 65_535;
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})"; // other texts are looked up as names
    private static final Pattern ADDRESS = Pattern.compile("(?:(?<four>" + OCTET + "(?:\\." + OCTET
            + "){3})|\\[(?<six>(?=[0-9a-fA-F:])[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)]):(?<port>[0-9]{1,5})");
    private static final String ADDRESS_EXPECTED = "an address and a port, such as 127.0.0.1:9323";

    private Values() {}

    static Path absolutePath(Entry entry) {
        if (!entry.value().startsWith("/") || entry.value().indexOf('\0') >= 0) {
            throw entry.wrong("an absolute path");
        }
        return Path.of(entry.value()).normalize();
    }

    /** Octal permission bits. The owner's write bit must be set: clients connect only with write permission. */
    static int mode(Entry entry) {
        try {
            int mode = Integer.parseInt(entry.value(), OCTAL);
            if (mode >= MODE_MIN && mode <= MODE_MAX) {
                return mode;
            }
        } catch (NumberFormatException e) {
            throw entry.wrong("an octal mode from 0700 to 0777");
        }
        throw entry.wrong("an octal mode from 0700 to 0777");
    }

    static Function<Entry, Integer> number(int min, int max) {
        return entry -> {
            String expected = "a number from %d to %d".formatted(min, max);
            try {
                int number = Integer.parseInt(entry.value());
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw entry.wrong(expected);
            }
            throw entry.wrong(expected);
        };
    }

    /**
     * As in 127.0.0.1:9323 or [::1]:9323; an address, not a name, so that nothing is looked up. Port 0 is any that is
     * free.
     */
    static InetSocketAddress address(Entry entry) {
        Matcher matcher = ADDRESS.matcher(entry.value());
        if (matcher.matches() && Integer.parseInt(matcher.group("port")) <= PORT_MAX) {
            String host = matcher.group("four") == null ? matcher.group("six") : matcher.group("four");
            try {
                return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(matcher.group("port")));
            } catch (UnknownHostException e) {
                throw entry.wrong(ADDRESS_EXPECTED);
            }
        }
        throw entry.wrong(ADDRESS_EXPECTED);
    }

    /** yes and no, or 1 and 0 as in libvirtd.conf. */
    static boolean yesNo(Entry entry) {
        return switch (entry.value()) {
            case "yes", "1" -> true;
            case "no", "0" -> false;
            default -> throw entry.wrong("yes or no");
        };
    }

    static <E extends Enum<E>> Function<Entry, E> oneOf(Class<E> type) {
        return entry -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(entry.value()))
                .findFirst()
                .orElseThrow(() -> entry.wrong("one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Values::name)
                                .collect(Collectors.joining(", "))));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package io.fairlead.daemon.config;

import io.fairlead.daemon.config.ConfigFile.Entry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How values of the configuration are written. */
final class Values {
    private static final int OCTAL = 8;
    private static final int MODE_MIN = 0700;
    private static final int MODE_MAX = 0777;

    private Values() {}

    static Path absolutePath(Entry entry) {
        if (!entry.value().startsWith("/")) {
            throw entry.wrong("an absolute path");
        }
        return Path.of(entry.value()).normalize();
    }

    /** Octal permission bits. The owner's must be there: libvirt clients need to write to connect. */
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

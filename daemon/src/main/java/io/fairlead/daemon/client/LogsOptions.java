package io.fairlead.daemon.client;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * The command line of {@code logs}.
 *
 * @param since in nanoseconds since 1970; 0 for all that is kept
 * @param tail -1 for all lines
 */
record LogsOptions(Path root, String container, boolean follow, long since, long tail, boolean times) {
    private static final long NANOS = 1_000_000_000;

    static final String USAGE =
            """
            usage: fairlead logs NAME [-f] [--since TIME] [-n LINES] [-t]

            Shows what a container has written to its console. NAME may also be a uuid.

              -f, --follow         go on with new output until the container ends
              --since TIME         only output from this time on: 2026-11-29T12:00:00Z, 2026-11-29T12:00:00 (local),
                                   2026-11-29, seconds since 1970, or how long ago: 90s, 15m, 2h30m
              -n, --tail LINES     only the last lines; all without it
              -t, --timestamps     put the time in front of each line
              --root DIR           the daemon that keeps everything below DIR
            """;

    static LogsOptions parse(Instant now, String... arguments) {
        Options options = new Options(arguments);
        Path root = null;
        String container = null;
        boolean follow = false;
        long since = 0;
        long tail = -1;
        boolean times = false;
        while (true) {
            String option = options.next();
            if (option == null) {
                if (container == null) {
                    container = options.word();
                    if (container != null) {
                        continue;
                    }
                }
                break;
            }
            switch (option) {
                case "-f", "--follow" -> follow = true;
                case "-t", "--timestamps" -> times = true;
                case "--since" -> since = nanos(options.value(), now);
                case "-n", "--tail" -> tail = lines(options.value());
                case "--root" -> root = Path.of(options.value());
                default -> throw options.unknown();
            }
        }
        if (container == null || options.rest().length > 0) {
            throw new UsageException(container == null ? "no container is named" : "more than one container is named");
        }
        return new LogsOptions(root, container, follow, since, tail, times);
    }

    private static long lines(String text) {
        if (text.equals("all")) {
            return -1;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new UsageException("--tail %s (expected: a number of lines, or all)".formatted(text));
        }
        return Long.parseLong(text);
    }

    private static long nanos(String text, Instant now) {
        try {
            Instant time = time(text, now);
            return Math.max(0, Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano()));
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    "--since %s (expected: a time such as 2026-11-29T12:00:00Z, or 15m)".formatted(text));
        } catch (DateTimeException | ArithmeticException e) {
            throw new UsageException("--since %s is out of range".formatted(text));
        }
    }

    private static Instant time(String text, Instant now) {
        if (text.matches("[0-9]{1,11}(\\.[0-9]{1,9})?")) {
            String[] parts = text.split("\\.");
            String fraction = parts.length > 1 ? (parts[1] + "000000000").substring(0, 9) : "0";
            return Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(fraction));
        }
        if (text.matches("([0-9]{1,9}[hms])+")) {
            return now.minus(Duration.parse("PT" + text.toUpperCase(Locale.ROOT)));
        }
        if (text.length() == "2026-11-29".length()) {
            return LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
        }
        boolean zoned = text.matches(".*T.*(Z|[+-][0-9:]{2,6})");
        return zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
    }
}

package io.fairlead.xml.facts;

import static java.util.Objects.requireNonNull;

import jakarta.xml.bind.annotation.XmlEnum;
import jakarta.xml.bind.annotation.XmlEnumValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How to find out whether the container works. What is empty is the checker's own choice.
 *
 * @param command what {@code how} needs: no word, the words of the command, or one line for the shell
 * @param interval between two checks
 * @param timeout after which a check has failed
 * @param startPeriod during which failures do not count
 * @param startInterval between two checks during that period
 * @param retries how many failures in a row make the container unhealthy
 */
public record HealthFact(
        How how,
        List<String> command,
        Optional<Duration> interval,
        Optional<Duration> timeout,
        Optional<Duration> startPeriod,
        Optional<Duration> startInterval,
        OptionalInt retries) {

    @XmlEnum
    public enum How {
        /** Not at all, whatever the image says. */
        @XmlEnumValue("none")
        NONE,
        /** As the image says: only the times differ. */
        @XmlEnumValue("inherited")
        INHERITED,
        /** A command inside the container. */
        @XmlEnumValue("command")
        COMMAND,
        /** A line for the container's shell. */
        @XmlEnumValue("shell")
        SHELL
    }

    /** Docker counts nanoseconds in 64 bits: some 292 years. */
    private static final Duration MOST = Duration.ofNanos(Long.MAX_VALUE);

    public HealthFact {
        requireNonNull(how, "how");
        command = List.copyOf(command);
        boolean fits =
                switch (how) {
                    case NONE, INHERITED -> command.isEmpty();
                    case COMMAND -> !command.isEmpty();
                    case SHELL -> command.size() == 1;
                };
        if (!fits) {
            throw FactChecks.refused("health check of kind '%s' with %d words".formatted(how, command.size()));
        }
        command.forEach(word -> FactChecks.writable("health check", word));
        Stream.of(interval, timeout, startPeriod, startInterval)
                .flatMap(Optional::stream)
                .filter(time -> time.isNegative() || time.compareTo(MOST) > 0)
                .forEach(time -> {
                    throw FactChecks.refused("time of the health check: %s (expected: 0..%s)".formatted(time, MOST));
                });
        retries.ifPresent(count -> FactChecks.inRange("retries of the health check", count, 0, Integer.MAX_VALUE));
    }
}

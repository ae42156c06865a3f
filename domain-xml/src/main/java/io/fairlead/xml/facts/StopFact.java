package io.fairlead.xml.facts;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How the container is asked to end.
 *
 * @param signal the name or number of the signal, such as {@code SIGQUIT}, {@code RTMIN+3} or {@code 3}; empty for the
 *     one that the init system understands
 * @param timeoutSeconds how long to wait before it is killed; -1 for ever; empty for the caller's own time
 */
public record StopFact(Optional<String> signal, OptionalInt timeoutSeconds) {
    public static final StopFact DEFAULT = new StopFact(Optional.empty(), OptionalInt.empty());
    public static final int FOR_EVER = -1;

    private static final Pattern SIGNAL = Pattern.compile("[A-Z0-9]+(?:[+-][0-9]+)?");

    public StopFact {
        signal.filter(name -> !SIGNAL.matcher(name).matches()).ifPresent(name -> {
            throw FactChecks.refused("signal: '%s' is neither a name nor a number".formatted(name));
        });
        timeoutSeconds.ifPresent(
                seconds -> FactChecks.inRange("time to stop, in seconds", seconds, FOR_EVER, Integer.MAX_VALUE));
    }
}

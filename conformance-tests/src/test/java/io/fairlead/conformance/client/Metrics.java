package io.fairlead.conformance.client;

import java.util.Map;
import java.util.stream.Collectors;

/** A daemon's numbers, as Prometheus' own parser reads them (package python3-prometheus-client). */
public record Metrics(Map<String, Double> values) {
    /** @param lines each {@code name{label="value",...} number}, labels sorted */
    public static Metrics parse(String lines) {
        return new Metrics(lines.lines()
                .map(line -> line.split(" (?=[^ ]+$)", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> Double.valueOf(parts[1]))));
    }

    public double of(String sample) {
        Double value = values.get(sample);
        if (value == null) {
            throw new AssertionError("no %s in %s".formatted(sample, values));
        }
        return value;
    }

    public boolean has(String sample) {
        return values.containsKey(sample);
    }
}

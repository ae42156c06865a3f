package io.fairlead.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Durations of one kind of call, in milliseconds. */
final class Samples {
    private final List<Double> millis = new ArrayList<>();

    void addAll(List<Double> more) {
        millis.addAll(more);
    }

    double p50() {
        return percentile(50);
    }

    double p95() {
        return percentile(95);
    }

    double max() {
        return millis.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** The percentile: the smallest sample that the given percentage of all samples do not exceed. */
    private double percentile(int percent) {
        List<Double> sorted = millis.stream().sorted().toList();
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }
}

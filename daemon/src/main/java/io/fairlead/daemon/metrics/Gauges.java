package io.fairlead.daemon.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of one moment, by name, as they are gathered. */
final class Gauges {
    private final Map<String, GaugeSnapshot.Builder> builders = new LinkedHashMap<>();

    /** Says what a number is; without a value it does not show. */
    Gauges about(String name, String help) {
        builders.put(name, GaugeSnapshot.builder().name(name).help(help));
        return this;
    }

    /** @param labels names and values in turn */
    Gauges add(String name, double value, String... labels) {
        builders.get(name)
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
        return this;
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(builders.values().stream()
                .map(GaugeSnapshot.Builder::build)
                .filter(gauge -> !gauge.getDataPoints().isEmpty())
                .toArray(MetricSnapshot[]::new));
    }
}

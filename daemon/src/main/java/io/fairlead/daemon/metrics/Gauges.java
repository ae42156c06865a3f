package io.fairlead.daemon.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the values of one moment, by name. */
final class Gauges {
    private final Map<String, GaugeSnapshot.Builder> builders = new LinkedHashMap<>();

    /** Describes a metric; without a value it is not shown. */
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

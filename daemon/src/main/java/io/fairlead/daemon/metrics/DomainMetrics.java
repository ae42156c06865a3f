package io.fairlead.daemon.metrics;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.DomainState;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** The number of containers in each state. */
final class DomainMetrics implements MultiCollector {
    private static final String DOMAINS = "fairlead_domains";

    private final DomainRegistry domains;

    DomainMetrics(DomainRegistry domains) {
        this.domains = domains;
    }

    @Override
    public MetricSnapshots collect() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String state : new String[] {"unknown", "shutoff", "starting", "running", "paused"}) {
            counts.put(state, 0);
        }
        for (Domain domain : domains.all()) {
            counts.merge(name(domain.status().state()), 1, Integer::sum);
        }
        Gauges gauges = new Gauges().about(DOMAINS, "containers, running or only defined, by state");
        counts.forEach((state, count) -> gauges.add(DOMAINS, count, "state", state));
        return gauges.snapshots();
    }

    private static String name(DomainState state) {
        if (state instanceof DomainState.Running) {
            return "running";
        }
        if (state instanceof DomainState.Paused) {
            return "paused";
        }
        if (state instanceof DomainState.Starting) {
            return "starting";
        }
        return state instanceof DomainState.ShutOff ? "shutoff" : "unknown";
    }
}

package io.fairlead.daemon.metrics;

import io.fairlead.kit.error.EngineException;
import io.fairlead.storage.driver.PoolFill;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.pool.Pool;
import io.fairlead.storage.pool.PoolRegistry;
import io.fairlead.storage.pool.PoolStatus;
import io.fairlead.thin.PoolLevel;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sizes and free space of the pools. */
final class PoolMetrics implements MultiCollector {
    private static final Logger LOG = LoggerFactory.getLogger(PoolMetrics.class);
    private static final String ACTIVE = "fairlead_storage_pool_active";
    private static final String CAPACITY = "fairlead_storage_pool_capacity_bytes";
    private static final String ALLOCATION = "fairlead_storage_pool_allocation_bytes";
    private static final String AVAILABLE = "fairlead_storage_pool_available_bytes";
    private static final String VOLUMES = "fairlead_storage_pool_volumes";
    private static final String METADATA = "fairlead_storage_pool_metadata_capacity_bytes";
    private static final String METADATA_USED = "fairlead_storage_pool_metadata_used_bytes";
    private static final String LEVEL = "fairlead_storage_pool_level";

    private final PoolRegistry pools;

    PoolMetrics(PoolRegistry pools) {
        this.pools = pools;
    }

    @Override
    public MetricSnapshots collect() {
        Gauges gauges = new Gauges()
                .about(ACTIVE, "1 if the pool is active, else 0")
                .about(CAPACITY, "size of what an active pool lies on")
                .about(ALLOCATION, "how much of the capacity is used")
                .about(AVAILABLE, "how much of the capacity is free")
                .about(VOLUMES, "how many volumes an active pool has")
                .about(METADATA, "room that a logical pool has for the records of its blocks")
                .about(METADATA_USED, "how much of that room is used")
                .about(
                        LEVEL,
                        "1 for the level of a logical pool, 0 for the others: filling from 70 % of data or metadata, high"
                                + " from 85, critical from 95, out_of_space when no block is free, broken when it is read-only,"
                                + " failed or waits for a check");
        pools.all().forEach(pool -> add(gauges, pool));
        return gauges.snapshots();
    }

    private static void add(Gauges gauges, Pool pool) {
        PoolStatus status = pool.status();
        String[] labels = {"pool", pool.name(), "type", status.definition().type()};
        gauges.add(ACTIVE, status.active() ? 1 : 0, labels);
        if (status.active()) {
            PoolUsage usage = pool.usage();
            gauges.add(CAPACITY, usage.capacityBytes(), labels)
                    .add(ALLOCATION, usage.allocationBytes(), labels)
                    .add(AVAILABLE, usage.availableBytes(), labels)
                    .add(VOLUMES, status.volumes().size(), labels);
            fill(pool, status).ifPresent(fill -> add(gauges, pool.name(), fill));
        }
    }

    private static void add(Gauges gauges, String pool, PoolFill fill) {
        gauges.add(METADATA, fill.metadataBytes(), "pool", pool)
                .add(METADATA_USED, fill.metadataUsedBytes(), "pool", pool);
        for (PoolLevel level : PoolLevel.values()) {
            String name = level.name().toLowerCase(Locale.ROOT);
            gauges.add(LEVEL, level == fill.level() ? 1 : 0, "level", name, "pool", pool);
        }
    }

    /** A pool in trouble does not hide the others. */
    private static Optional<PoolFill> fill(Pool pool, PoolStatus status) {
        try {
            return status.backend().fill();
        } catch (EngineException e) {
            LOG.warn("pool '{}' is left out of the metrics: {}", pool.name(), e.getMessage());
            return Optional.empty();
        }
    }
}

package io.fairlead.storage.pool;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.job.JobSlot;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.StorageErrors;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pool, for as long as it is defined or active. */
public final class Pool {
    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

    private final UUID uuid;
    private final String name;
    private final JobSlot job = new JobSlot();
    private final VolumeJobs volumeJobs;
    private volatile PoolStatus status;

    Pool(PoolStatus status) {
        this.uuid = status.definition().uuid();
        this.name = status.definition().name();
        this.volumeJobs = new VolumeJobs(name);
        this.status = status;
    }

    public UUID uuid() {
        return uuid;
    }

    public String name() {
        return name;
    }

    /** Never waits. */
    public PoolStatus status() {
        return status;
    }

    /** Numbers as they are now, or the last ones that could be had: a pool in trouble is still shown. Zeros when it is not active. */
    public PoolUsage usage() {
        PoolStatus now = status;
        if (!now.active()) {
            return PoolUsage.NONE;
        }
        try {
            return now.backend().usage();
        } catch (EngineException e) {
            LOG.warn("pool '{}' is shown with old numbers: {}", name, e.getMessage());
            return now.usage();
        }
    }

    /** Those of its folder; {@link Permissions#DEFAULT} when it is not active or in trouble. */
    Permissions permissions() {
        PoolStatus now = status;
        if (!now.active()) {
            return Permissions.DEFAULT;
        }
        try {
            return now.backend().permissions();
        } catch (EngineException e) {
            LOG.warn("pool '{}' is shown without its folder's permissions: {}", name, e.getMessage());
            return Permissions.DEFAULT;
        }
    }

    /** The status of a pool that is active. @throws io.fairlead.core.error.EngineException OPERATION_INVALID */
    public PoolStatus active() {
        PoolStatus now = status;
        if (!now.active()) {
            throw StorageErrors.notActive(name);
        }
        return now;
    }

    synchronized void update(UnaryOperator<PoolStatus> change) {
        status = change.apply(status);
    }

    /** For who changes the pool as a whole. */
    JobSlot job() {
        return job;
    }

    VolumeJobs volumeJobs() {
        return volumeJobs;
    }

    @Override
    public String toString() {
        return "Pool[%s %s]".formatted(name, uuid);
    }
}

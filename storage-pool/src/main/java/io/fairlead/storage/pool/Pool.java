package io.fairlead.storage.pool;

import io.fairlead.core.job.JobSlot;
import io.fairlead.storage.driver.StorageErrors;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** One pool, for as long as it is defined or active. */
public final class Pool {
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

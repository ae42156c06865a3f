package io.fairlead.storage.pool;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.job.JobSlot;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeFacts;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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
    private final AtomicBoolean troubled = new AtomicBoolean();
    /** Since a look at everything began, null while there is none; guarded by this. */
    private Set<String> changedVolumes;

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

    /** The present numbers, or the last known ones: a pool in trouble is still shown. Zeros when it is not active. */
    public PoolUsage usage() {
        PoolStatus now = status;
        return now.active() ? shown(() -> now.backend().usage(), now.usage()) : PoolUsage.NONE;
    }

    /** Those of its folder; {@link Permissions#DEFAULT} when it is not active or in trouble. */
    Permissions permissions() {
        PoolStatus now = status;
        return now.active() ? shown(() -> now.backend().permissions(), Permissions.DEFAULT) : Permissions.DEFAULT;
    }

    /** Trouble is logged once, when it begins: clients ask every second. */
    private <T> T shown(Supplier<T> question, T otherwise) {
        try {
            T answer = question.get();
            if (troubled.getAndSet(false)) {
                LOG.info("pool '{}' can be looked at again", name);
            }
            return answer;
        } catch (EngineException e) {
            if (!troubled.getAndSet(true)) {
                LOG.warn("pool '{}' cannot be looked at, and is shown with its last numbers: {}", name, e.getMessage());
            }
            return otherwise;
        }
    }

    /** The status of a pool that is active. @throws io.fairlead.kit.error.EngineException OPERATION_INVALID */
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

    /** A volume has come or changed. */
    synchronized void put(VolumeFacts volume, PoolUsage usage) {
        if (status.active()) { // a stream may outlive that
            note(volume.name());
            status = status.with(volume, usage);
        }
    }

    /** A volume has gone. */
    synchronized void remove(String volume, PoolUsage usage) {
        note(volume);
        status = status.without(volume, usage);
    }

    private void note(String volume) {
        if (changedVolumes != null) {
            changedVolumes.add(volume);
        }
    }

    /** A look at everything begins, while volumes come and go. One at a time. */
    synchronized void refreshing() {
        changedVolumes = new HashSet<>();
    }

    synchronized void refreshed(PoolUsage usage, Map<String, VolumeFacts> found) {
        status = status.refreshed(usage, found, changedVolumes);
    }

    /** The look has ended, with or without success. */
    synchronized void lookedAt() {
        changedVolumes = null;
    }

    /** For changes of the pool as a whole. */
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

package io.fairlead.storage.logical;

import io.fairlead.thin.PoolLevel;
import io.fairlead.thin.ThinPoolStatus;
import io.fairlead.thin.ThinPoolWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log and the listener that a pool's level has changed, and keeps the level. Called on the watcher's thread.
 */
final class FillAlarm implements ThinPoolWatcher.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(FillAlarm.class);
    private static final String TEXT = "storage pool {}: {} after {}; data {} %, metadata {} % used";

    private final String pool;
    private volatile Runnable listener = () -> {};
    private volatile PoolLevel level = PoolLevel.NORMAL;

    FillAlarm(String pool) {
        this.pool = pool;
    }

    /** From the next change on. */
    void tell(Runnable newListener) {
        listener = newListener;
    }

    PoolLevel level() {
        return level;
    }

    @Override
    public void levelChanged(PoolLevel before, PoolLevel now, ThinPoolStatus status) {
        level = now;
        if (now.compareTo(PoolLevel.CRITICAL) >= 0) {
            LOG.error(TEXT, pool, now, before, status.dataPercent(), status.metadataPercent());
        } else if (now.compareTo(before) > 0) {
            LOG.warn(TEXT, pool, now, before, status.dataPercent(), status.metadataPercent());
        } else {
            LOG.info(TEXT, pool, now, before, status.dataPercent(), status.metadataPercent());
        }
        listener.run();
    }
}

package io.fairlead.storage.logical;

import io.fairlead.linux.dm.DmTarget;
import io.fairlead.thin.ThinPool;
import io.fairlead.thin.ThinPoolException;
import io.fairlead.thin.ThinPoolStatus;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a live pool the space that its devices have gained. */
final class PoolGrowth {
    private static final Logger LOG = LoggerFactory.getLogger(PoolGrowth.class);
    private static final int SECTORS_PER_BLOCK = PoolDisks.BLOCK_BYTES / DmTarget.SECTOR_BYTES;

    private final String name;
    private final ThinPool pool;
    private final PoolDisks disks;

    PoolGrowth(String name, ThinPool pool, PoolDisks disks) {
        this.name = name;
        this.pool = pool;
        this.disks = disks;
    }

    /**
     * Does nothing when nothing has grown.
     *
     * @throws io.fairlead.thin.ThinPoolException NEEDS_REPAIR when a device has grown, and the pool takes no changes
     * @throws IOException if a device has become smaller: the data at its end are lost
     */
    synchronized void take() throws IOException {
        disks.adoptSizes();
        ThinPoolStatus before = pool.status();
        if (before.mode() == ThinPoolStatus.Mode.FAILED) {
            return; // it tells no sizes, and needs a repair before anything else
        }
        long dataSectors = disks.dataSectors();
        long dataBlocks = dataSectors / SECTORS_PER_BLOCK;
        requireNotSmaller("data", disks.data().toString(), dataBlocks, before.totalDataBlocks());
        requireNotSmaller(
                "metadata", disks.metadata().toString(), disks.metadataBlocks(), before.totalMetadataBlocks());
        if (dataBlocks == before.totalDataBlocks() && disks.metadataBlocks() == before.totalMetadataBlocks()) {
            return;
        }
        pool.resizePool(dataSectors);
        ThinPoolStatus after = pool.status();
        LOG.info(
                "storage pool {} has grown: data from {} to {} blocks of 64 KiB, metadata from {} to {} of 4 KiB",
                name,
                before.totalDataBlocks(),
                after.totalDataBlocks(),
                before.totalMetadataBlocks(),
                after.totalMetadataBlocks());
    }

    /** As {@link #take} at a start, which must not fail for it: even deleting something needs the pool. */
    void takeIfPossible() {
        try {
            take();
        } catch (IOException | ThinPoolException e) {
            LOG.warn("storage pool {} keeps the size it had: {}", name, e.getMessage(), e);
        }
    }

    private static void requireNotSmaller(String part, String device, long blocks, long before) throws IOException {
        if (blocks < before) {
            throw new IOException("the %s device %s has shrunk to %d blocks (expected: at least %d)"
                    .formatted(part, device, blocks, before));
        }
    }
}

package io.fairlead.thin;

import io.fairlead.linux.dm.DmTarget;
import io.fairlead.thin.ThinPoolException.Reason;
import java.util.Collection;

/**
 * Whether a pool can take one more device. Running out of data blocks is an error for the writer alone; running out of
 * metadata makes the whole pool read-only until it is repaired by hand. So metadata are counted before they are needed.
 */
final class ThinAdmission {
    /** A mapping leaf has room for 252 entries of 16 bytes in its 4 KiB, and is half full at worst. */
    private static final int MAPPINGS_PER_LEAF = 126;

    /** Devices rarely come to differ from their origin in more than one leaf of eight. */
    private static final int SHARING = 8;

    /** A device's own root, its entry in the two trees of devices, and what their splits need. */
    private static final int BLOCKS_PER_DEVICE = 4;

    private final ThinPoolConfig config;

    ThinAdmission(ThinPoolConfig config) {
        this.config = config;
    }

    /** @throws ThinPoolException NO_SPACE, with the numbers */
    void admit(String name, long sizeBytes, ThinPoolStatus status, Collection<ThinDevice> devices) {
        int most = 100 - ThinPoolConfig.RESERVE_PERCENT;
        if (status.dataPercent() >= most || status.metadataPercent() >= most) {
            throw tooFull(
                    "data %d %%, metadata %d %% used (limit: %d %%)"
                            .formatted(status.dataPercent(), status.metadataPercent(), most),
                    name);
        }
        long reserve = status.totalMetadataBlocks() * ThinPoolConfig.RESERVE_PERCENT / 100;
        long free = status.totalMetadataBlocks() - status.usedMetadataBlocks() - reserve;
        long promised = promise(sizeBytes) + BLOCKS_PER_DEVICE;
        for (ThinDevice device : devices) {
            promised += device.role().isWritten() ? promise(device.sizeBytes()) : 1;
        }
        // A block of metadata comes to differ only together with a block of data.
        promised = Math.min(promised, status.totalDataBlocks() - status.usedDataBlocks() + BLOCKS_PER_DEVICE);
        if (promised > free) {
            throw tooFull(
                    "%d devices may come to need %d KiB of metadata, %d KiB are free; grow the metadata device"
                            .formatted(devices.size() + 1, promised * 4, Math.max(0, free) * 4),
                    name);
        }
    }

    private long promise(long sizeBytes) {
        long blocks = sizeBytes / DmTarget.SECTOR_BYTES / config.blockSectors();
        return 1 + blocks / MAPPINGS_PER_LEAF / SHARING;
    }

    private ThinPoolException tooFull(String why, String name) {
        return new ThinPoolException(
                Reason.NO_SPACE, "thin pool %s is too full for %s: %s".formatted(config.dmName(), name, why), null);
    }
}

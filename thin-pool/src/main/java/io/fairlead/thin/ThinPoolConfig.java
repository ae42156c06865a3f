package io.fairlead.thin;

import io.fairlead.linux.dm.DmTarget;

/**
 * How a pool is assembled.
 *
 * @param dmName its device-mapper name; at most {@value #NAME_LENGTH_MAX} characters; thin devices are named
 *     {@code dmName-ID}
 * @param metadataDevice path of the metadata device; the pool is new if its first 4 KiB are zero
 * @param dataDevice path of the data device
 * @param dataSectors size of the data device, in sectors of 512 bytes
 * @param blockSectors allocation unit: a multiple of 128 (64 KiB) up to 2097152 (1 GiB)
 * @param lowWaterBlocks free blocks at which the kernel raises an event
 * @param owner our name, for the next owner of the disks; no line breaks
 */
public record ThinPoolConfig(
        String dmName,
        String metadataDevice,
        String dataDevice,
        long dataSectors,
        int blockSectors,
        long lowWaterBlocks,
        String owner) {
    /** Leaves room for an id and a device's name in the device mapper's UUID of 128 bytes. */
    static final int NAME_LENGTH_MAX = 48;

    private static final int BLOCK_SECTORS_MIN = 128;
    private static final int BLOCK_SECTORS_MAX = 2_097_152;

    /** Refuse new devices below this much free data or metadata: room for deletions, and for space already promised. */
    static final int RESERVE_PERCENT = 10;

    public ThinPoolConfig {
        if (!dmName.matches("[A-Za-z0-9._-]{1," + NAME_LENGTH_MAX + "}")) {
            throw new IllegalArgumentException(
                    "dmName: '%s' (expected: 1..%d of A-Za-z0-9._-)".formatted(dmName, NAME_LENGTH_MAX));
        }
        if (owner.length() > 255 || owner.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("owner: '%s' (expected: one line of at most 255)".formatted(owner));
        }
        if (blockSectors < BLOCK_SECTORS_MIN
                || blockSectors > BLOCK_SECTORS_MAX
                || blockSectors % BLOCK_SECTORS_MIN != 0) {
            throw new IllegalArgumentException("blockSectors: %d (expected: a multiple of %d up to %d)"
                    .formatted(blockSectors, BLOCK_SECTORS_MIN, BLOCK_SECTORS_MAX));
        }
    }

    /** Low water stays the same part of the whole. */
    ThinPoolConfig withDataSectors(long sectors) {
        long lowWater = lowWaterBlocks * sectors / dataSectors;
        return new ThinPoolConfig(dmName, metadataDevice, dataDevice, sectors, blockSectors, lowWater, owner);
    }

    DmTarget target() {
        return new DmTarget(0, dataSectors, "thin-pool", tableParameters());
    }

    /** Error rather than queue when full: a writer that waits for space that never comes fills the host's memory. */
    private String tableParameters() {
        return "%s %s %d %d 1 error_if_no_space".formatted(metadataDevice, dataDevice, blockSectors, lowWaterBlocks);
    }
}

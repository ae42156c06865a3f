package io.fairlead.thin;

/**
 * How a pool is assembled.
 *
 * @param dmName its device-mapper name; thin devices are named {@code dmName-NAME}
 * @param metadataDevice path or major:minor of the metadata device; new if its first 4 KiB are zero
 * @param dataDevice path or major:minor of the data device
 * @param dataSectors size of the data device, in sectors of 512 bytes
 * @param blockSectors allocation unit: a multiple of 128 (64 KiB) up to 2097152 (1 GiB)
 * @param lowWaterBlocks free blocks at which the kernel raises an event
 */
public record ThinPoolConfig(
        String dmName,
        String metadataDevice,
        String dataDevice,
        long dataSectors,
        int blockSectors,
        long lowWaterBlocks) {
    private static final int BLOCK_SECTORS_MIN = 128;
    private static final int BLOCK_SECTORS_MAX = 2_097_152;

    /** Refuse new devices below this much free data or metadata: room to delete, and for what is already promised. */
    static final int RESERVE_PERCENT = 10;

    public ThinPoolConfig {
        if (blockSectors < BLOCK_SECTORS_MIN
                || blockSectors > BLOCK_SECTORS_MAX
                || blockSectors % BLOCK_SECTORS_MIN != 0) {
            throw new IllegalArgumentException("blockSectors: %d (expected: a multiple of %d up to %d)"
                    .formatted(blockSectors, BLOCK_SECTORS_MIN, BLOCK_SECTORS_MAX));
        }
    }

    /** Error rather than queue when full: a writer that waits for space nobody adds takes the host's memory with it. */
    String tableParameters() {
        return "%s %s %d %d 1 error_if_no_space".formatted(metadataDevice, dataDevice, blockSectors, lowWaterBlocks);
    }
}

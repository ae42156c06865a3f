package io.fairlead.linux.dm;

/**
 * One line of a mapping table, or of its status.
 *
 * @param startSector first sector it maps, in sectors of 512 bytes
 * @param sectors how many
 * @param type kernel name of the target, such as thin-pool; at most 15 bytes
 * @param parameters the target's own words
 */
public record DmTarget(long startSector, long sectors, String type, String parameters) {
    public static final int SECTOR_BYTES = 512;
    private static final int TYPE_BYTES_MAX = 15; // DM_MAX_TYPE_NAME less the final zero

    public DmTarget {
        if (startSector < 0 || sectors <= 0) {
            throw new IllegalArgumentException("sectors: %d+%d (expected: 0.. + 1..)".formatted(startSector, sectors));
        }
        if (type.isEmpty() || type.length() > TYPE_BYTES_MAX) {
            throw new IllegalArgumentException("type: '%s' (expected: 1..%d bytes)".formatted(type, TYPE_BYTES_MAX));
        }
    }
}

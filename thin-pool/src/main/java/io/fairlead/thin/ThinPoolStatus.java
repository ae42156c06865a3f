package io.fairlead.thin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pool's status line (Documentation/admin-guide/device-mapper/thin-provisioning.rst):
 * <pre>
 * transaction-id used-meta/total-meta used-data/total-data held-root mode discard full-policy needs_check|-
 * meta-low-water
 * </pre>
 *
 * @param usedMetadataBlocks of 4 KiB each
 * @param usedDataBlocks of the pool's block size each
 */
public record ThinPoolStatus(
        long transactionId,
        long usedMetadataBlocks,
        long totalMetadataBlocks,
        long usedDataBlocks,
        long totalDataBlocks,
        Mode mode,
        boolean needsCheck) {
    public static final int METADATA_BLOCK_BYTES = 4096;
    /** 255 bitmaps of 16320 blocks; a larger metadata device's rest is not used (dm-space-map-metadata.h). */
    public static final long METADATA_BLOCKS_MAX = 255 * 16_320;

    private static final Pattern LINE =
            Pattern.compile("(\\d+) (\\d+)/(\\d+) (\\d+)/(\\d+) \\S+ (rw|ro|out_of_data_space)((?: \\S+)*)");

    public enum Mode {
        READ_WRITE,
        OUT_OF_DATA_SPACE,
        READ_ONLY,
        FAILED
    }

    public static ThinPoolStatus parse(String line) {
        if (line.strip().equals("Fail") || line.strip().equals("Error")) {
            return new ThinPoolStatus(0, 0, 0, 0, 0, Mode.FAILED, true);
        }
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            throw new ThinPoolException(
                    ThinPoolException.Reason.IO, "cannot read thin-pool status '%s'".formatted(line), null);
        }
        Mode mode =
                switch (matcher.group(6)) {
                    case "rw" -> Mode.READ_WRITE;
                    case "ro" -> Mode.READ_ONLY;
                    default -> Mode.OUT_OF_DATA_SPACE;
                };
        return new ThinPoolStatus(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4)),
                Long.parseLong(matcher.group(5)),
                mode,
                matcher.group(7).contains(" needs_check"));
    }

    /** Whether the kernel still takes messages: deletes work on a pool that is out of data space. */
    public boolean takesMessages() {
        return !needsCheck && (mode == Mode.READ_WRITE || mode == Mode.OUT_OF_DATA_SPACE);
    }

    public int dataPercent() {
        return percent(usedDataBlocks, totalDataBlocks);
    }

    public int metadataPercent() {
        return percent(usedMetadataBlocks, totalMetadataBlocks);
    }

    private static int percent(long used, long total) {
        return total == 0 ? 100 : (int) (100 * used / total);
    }
}

package io.fairlead.storage.driver;

/**
 * Bounds for an archive from outside.
 *
 * @param entries most files, folders, links and whiteouts
 * @param bytes most content of its files, in sum
 * @param depth most parts of a path
 */
public record ImportLimits(long entries, long bytes, int depth) {
    /**
     * Far above the sizes of images: an installed system with a desktop has some hundred thousand files. So many
     * entries take some 64 MiB of memory at most. Deeper trees could not be copied for a snapshot.
     */
    public static final ImportLimits DEFAULT = new ImportLimits(2_000_000, 1L << 40, 500);

    public ImportLimits {
        if (entries < 0 || bytes < 0 || depth < 1) {
            throw new IllegalArgumentException(
                    "entries: %d, bytes: %d (expected: at least 0), depth: %d (expected: at least 1)"
                            .formatted(entries, bytes, depth));
        }
    }
}

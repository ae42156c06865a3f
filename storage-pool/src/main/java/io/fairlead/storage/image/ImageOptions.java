package io.fairlead.storage.image;

import java.util.Optional;

/**
 * Options for making an image.
 *
 * @param backing the image it starts from, without a copy; it is not opened now
 * @param compat of a qcow2: 0.10 or 1.1
 * @param clusterBytes of a qcow2; 0 for the program's default
 * @param preallocateMetadata of a qcow2
 */
public record ImageOptions(
        Optional<ImageFacts.Backing> backing,
        String compat,
        boolean lazyRefcounts,
        long clusterBytes,
        boolean preallocateMetadata) {
    /** libvirt's, so that old programs can read it. */
    public static final String OLDEST = "0.10";

    public static final ImageOptions NONE = new ImageOptions(Optional.empty(), OLDEST, false, 0, false);

    public ImageOptions on(Optional<ImageFacts.Backing> other) {
        return new ImageOptions(other, compat, lazyRefcounts, clusterBytes, preallocateMetadata);
    }
}

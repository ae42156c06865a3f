package io.fairlead.storage.image;

import java.util.Optional;

/**
 * The facts in the header of an image.
 *
 * @param format libvirt's name of it
 * @param capacityBytes of the disk in it
 * @param modern a qcow2 of version 3, which libvirt calls compat 1.1
 * @param clusterBytes of a qcow2; else 0
 * @param elsewhere whether the header says that the content lies in other files, which it names; we never read those
 */
public record ImageFacts(
        String format,
        long capacityBytes,
        boolean modern,
        boolean lazyRefcounts,
        long clusterBytes,
        boolean encrypted,
        boolean elsewhere,
        Optional<Backing> backing) {

    /**
     * The backing file, as the header names it. The header is not trusted.
     *
     * @param path as written; not a path at all where it begins with a protocol
     * @param format {@code raw} where none is named: with a guess from the content, that content would decide which
     *     bytes are read
     */
    public record Backing(String path, String format) {}

    static ImageFacts plain(String format, long capacityBytes) {
        return new ImageFacts(format, capacityBytes, false, false, 0, false, false, Optional.empty());
    }
}

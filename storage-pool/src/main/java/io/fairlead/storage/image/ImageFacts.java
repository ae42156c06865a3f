package io.fairlead.storage.image;

import java.util.Optional;

/**
 * What the header of an image says.
 *
 * @param format libvirt's name of it
 * @param capacityBytes of the disk that is in it
 * @param modern a qcow2 of version 3, which libvirt calls compat 1.1
 * @param clusterBytes of a qcow2; else 0
 * @param elsewhere whether it says that its content lies in other files, which it names: nothing reads those
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
     * What lies below, as the header has it: anybody may have written that.
     *
     * @param path as written; not a path at all where it begins with a protocol
     * @param format {@code raw} where none is named: guessing it from the content would let that content decide what is read
     */
    public record Backing(String path, String format) {}

    static ImageFacts plain(String format, long capacityBytes) {
        return new ImageFacts(format, capacityBytes, false, false, 0, false, false, Optional.empty());
    }
}

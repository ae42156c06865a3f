package io.fairlead.storage.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One file in an archive. Names are bytes, which need not be text: each of their characters stands for one byte.
 *
 * @param path as written, so with all its slashes and dots
 * @param linkTarget of links; else empty
 * @param mode the 12 bits of permissions
 * @param user 32 bits without a sign, as is group
 * @param sizeBytes of a regular file, with its holes
 * @param data where the bytes that follow in the archive belong, in order; all between is a hole
 * @param major of a device, as is minor
 * @param attributes extended ones; values by name
 */
record TarEntry(
        Type type,
        String path,
        String linkTarget,
        int mode,
        int user,
        int group,
        long sizeBytes,
        List<Extent> data,
        Instant modified,
        int major,
        int minor,
        Map<String, byte[]> attributes) {
    /** The kinds of files that an archive can hold. */
    enum Type {
        FILE,
        HARD_LINK,
        SYMBOLIC_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FOLDER,
        FIFO
    }

    /** A part of a file that is no hole. */
    record Extent(long at, long bytes) {}

    /** A name for messages. */
    static String shown(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }
}

package io.fairlead.core.backend;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A piece of output, as it was read from its process. It may begin and end anywhere, also within a character.
 *
 * @param at when the monitor read it; it never goes back unless the host's clock does
 * @param bytes at least one and at most {@value #BYTES_MAX}; the receiver owns the array
 */
public record Chunk(Channel channel, Instant at, byte[] bytes) {
    public static final int BYTES_MAX = 64 * 1024;

    public Chunk {
        requireNonNull(channel, "channel");
        requireNonNull(at, "at");
        if (bytes.length == 0 || bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("bytes: %d (expected: 1..%d)".formatted(bytes.length, BYTES_MAX));
        }
    }
}

package io.fairlead.core.backend;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Selects recorded output.
 *
 * @param channels at least one
 * @param since only output of this instant and later; {@link Instant#MIN} for all that is kept
 * @param lastLines how many lines at most, counted from the end; the begun last line counts. 0 selects only output that
 *     is yet to come
 */
public record LogRange(Set<Channel> channels, Instant since, long lastLines) {
    /** Everything that is kept. */
    public static final LogRange ALL = new LogRange(EnumSet.allOf(Channel.class), Instant.MIN, Long.MAX_VALUE);

    /** Nothing that was written before. */
    public static final LogRange NEW = ALL.last(0);

    public LogRange {
        channels = Set.copyOf(channels);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("channels: none (expected: at least one)");
        }
        if (lastLines < 0) {
            throw new IllegalArgumentException("lastLines: %d (expected: at least 0)".formatted(lastLines));
        }
    }

    public LogRange of(Channel... only) {
        return new LogRange(Set.of(only), since, lastLines);
    }

    public LogRange since(Instant first) {
        return new LogRange(channels, first, lastLines);
    }

    public LogRange last(long lines) {
        return new LogRange(channels, since, lines);
    }
}

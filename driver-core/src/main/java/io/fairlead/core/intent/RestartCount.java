package io.fairlead.core.intent;

/**
 * Restarts since the latest start. Those that were asked for do not count.
 *
 * @param total all of them
 * @param quick how many of the latest ends followed each other quickly; each makes the next wait longer
 */
public record RestartCount(int total, int quick) {
    public static final RestartCount NONE = new RestartCount(0, 0);

    public RestartCount {
        if (total < 0 || quick < 0) {
            throw new IllegalArgumentException("restarts: %d, %d (expected: 0 or more)".formatted(total, quick));
        }
    }
}

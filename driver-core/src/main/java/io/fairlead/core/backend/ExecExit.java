package io.fairlead.core.backend;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * How a process that was started from outside ended.
 *
 * @param status 0..255 as a shell counts: the exit status, or 128 plus the signal that killed it; -1 when it could not
 *     be learned (monitor killed)
 * @param at when it ended
 * @param failure why the command could not be executed; null if it was
 */
public record ExecExit(int status, Instant at, String failure) {
    /** The status of a command that does not exist, as of a shell. */
    public static final int NOT_FOUND = 127;

    /** The status of a command that exists but cannot be executed, as of a shell. */
    public static final int NOT_EXECUTABLE = 126;

    public static final int UNKNOWN = -1;

    private static final int STATUS_MAX = 255;

    public ExecExit {
        requireNonNull(at, "at");
        if (status < UNKNOWN || status > STATUS_MAX) {
            throw new IllegalArgumentException("status: %d (expected: -1..%d)".formatted(status, STATUS_MAX));
        }
    }

    public ExecExit(int status, Instant at) {
        this(status, at, null);
    }
}

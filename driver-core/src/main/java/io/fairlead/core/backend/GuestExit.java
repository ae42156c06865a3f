package io.fairlead.core.backend;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * How init ended.
 *
 * @param status 0..255 as a shell counts: the exit status, or 128 plus the signal that killed it; {@link #UNKNOWN} when
 *     it could not be learned (monitor killed)
 * @param at when the daemon noticed the end
 * @param memoryKills how many of the guest's processes the kernel killed because memory ran out
 */
public record GuestExit(int status, Instant at, long memoryKills) {
    public static final int UNKNOWN = -1;
    private static final int STATUS_MAX = 255;
    private static final int SIGNAL_MAX = 64;
    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGNALLED = 128;

    public GuestExit {
        if (status < UNKNOWN || status > STATUS_MAX || memoryKills < 0) {
            throw new IllegalArgumentException("status: %d, memory kills: %d (expected: %d..%d, 0 or more)"
                    .formatted(status, memoryKills, UNKNOWN, STATUS_MAX));
        }
        requireNonNull(at, "at");
    }

    public GuestExit(int status, Instant at) {
        this(status, at, 0);
    }

    /** The signal that killed init, 1..64. An init that exits with such a status itself looks the same. */
    public OptionalInt signal() {
        int signal = status - SIGNALLED;
        return signal >= 1 && signal <= SIGNAL_MAX ? OptionalInt.of(signal) : OptionalInt.empty();
    }

    /** Whether it did not end well: any status but 0, an unknown one included. */
    public boolean failed() {
        return status != 0;
    }

    /** reboot(2) in a pid namespace kills its init with SIGHUP for a restart (kernel/pid_namespace.c). */
    public boolean isReboot() {
        return status == SIGNALLED + SIGHUP;
    }

    /** reboot(2) in a pid namespace kills its init with SIGINT for halt and power-off. */
    public boolean isPowerOff() {
        return status == SIGNALLED + SIGINT;
    }
}

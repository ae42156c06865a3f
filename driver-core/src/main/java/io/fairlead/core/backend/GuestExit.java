package io.fairlead.core.backend;

import java.time.Instant;

/**
 * How init ended.
 *
 * @param status 0..255 as a shell counts: the exit status, or 128 plus the signal that killed it; -1 when it could not
 *     be learned (monitor killed)
 * @param at when the daemon noticed the end
 * @param memoryKills how many of the guest's processes the kernel killed because memory ran out
 */
public record GuestExit(int status, Instant at, long memoryKills) {
    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGNALLED = 128;

    public GuestExit(int status, Instant at) {
        this(status, at, 0);
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

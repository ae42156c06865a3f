package io.fairlead.core.backend;

/**
 * One process of a guest.
 *
 * @param inside the pid that the guest sees
 * @param outside the host's pid
 * @param command its name, of at most 15 bytes (/proc/PID/comm): the arguments lie in memory of the process, and
 *     reading that can block
 */
public record GuestProcess(int inside, int outside, String command) {}

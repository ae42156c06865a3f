package io.fairlead.linux.process;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Libc;

/**
 * A pair of limits of one resource (getrlimit(2)).
 *
 * @param soft the limit in force; {@link #UNLIMITED} for none
 * @param hard how far {@code soft} may be raised; {@link #UNLIMITED} for any
 */
public record ResourceLimit(long soft, long hard) {
    public static final long UNLIMITED = -1;

    /** In the kernel's order: the ordinal is the number (asm-generic/resource.h). */
    public enum Resource {
        CPU,
        FSIZE,
        DATA,
        STACK,
        CORE,
        RSS,
        NPROC,
        NOFILE,
        MEMLOCK,
        AS,
        LOCKS,
        SIGPENDING,
        MSGQUEUE,
        NICE,
        RTPRIO,
        RTTIME
    }

    /** Our own limit. */
    public static ResourceLimit own(Resource resource) throws ErrnoException {
        return of(0, resource);
    }

    /** Another process's limit; 0 means ourselves. */
    public static ResourceLimit of(int pid, Resource resource) throws ErrnoException {
        long[] limit = new long[2];
        Errno.check(Libc.prlimit(pid, resource.ordinal(), null, limit), "prlimit", resource + " of pid " + pid);
        return new ResourceLimit(limit[0], limit[1]);
    }

    /** Sets another process's limit; 0 means ourselves. @throws ErrnoException EPERM above the hard limit */
    public void apply(int pid, Resource resource) throws ErrnoException {
        long[] limit = {soft, hard};
        Errno.check(Libc.prlimit(pid, resource.ordinal(), limit, null), "prlimit", resource + " of pid " + pid);
    }

    /** The same limits, but neither above {@code ceiling}'s hard limit: an unprivileged process can set no more. */
    public ResourceLimit cappedAt(ResourceLimit ceiling) {
        return new ResourceLimit(lower(soft, ceiling.hard), lower(hard, ceiling.hard));
    }

    private static long lower(long one, long other) {
        // RLIM_INFINITY is the largest unsigned number.
        return Long.compareUnsigned(one, other) <= 0 ? one : other;
    }
}

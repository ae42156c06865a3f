package io.fairlead.linux.process;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Libc;

/** How much of the processors a thread gets beside others; Java's own priorities mean nothing on Linux. */
public final class ThreadPriority {
    private static final int PRIO_PROCESS = 0;
    private static final int CALLER = 0;
    private static final int LOWEST = 19;

    private ThreadPriority() {}

    /**
     * Lets the calling thread go behind others that want a processor at the same time, from now on.
     *
     * @param nice 1 for a little, to 19 for hardly anything; each step leaves four fifths of the time (sched(7))
     */
    public static void lowerOwn(int nice) throws ErrnoException {
        Errno.check(Libc.setpriority(PRIO_PROCESS, CALLER, nice), "setpriority", nice);
    }

    /** Lets every other thread of the host go before the calling one, from now on (setpriority(2)). */
    public static void lowerOwnToLowest() throws ErrnoException {
        lowerOwn(LOWEST);
    }
}

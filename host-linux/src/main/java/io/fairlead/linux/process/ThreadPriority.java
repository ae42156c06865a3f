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

    /** Lets every other thread of the host go before the calling one, from now on (setpriority(2)). */
    public static void lowerOwnToLowest() throws ErrnoException {
        Errno.check(Libc.setpriority(PRIO_PROCESS, CALLER, LOWEST), "setpriority", LOWEST);
    }
}

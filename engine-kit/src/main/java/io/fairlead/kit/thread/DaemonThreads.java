package io.fairlead.kit.thread;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads with a name that never keep the process alive. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** A thread that is not started yet. */
    public static Thread named(String name, Runnable work) {
        Thread thread = new Thread(work, requireNonNull(name, "name"));
        thread.setDaemon(true);
        return thread;
    }

    /** For a pool: its threads are NAME-1, NAME-2 and so on, in the order in which they are made. */
    public static ThreadFactory numbered(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> named(name + "-" + count.incrementAndGet(), work);
    }
}

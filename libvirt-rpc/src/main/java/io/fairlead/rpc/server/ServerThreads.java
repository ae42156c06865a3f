package io.fairlead.rpc.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the server's threads: daemon threads with a name and a number. */
final class ServerThreads {
    private ServerThreads() {}

    static ThreadFactory workers(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** ServerThreads of Netty's own class, which keep buffers of their own. */
    static ThreadFactory loops(String name) {
        return new DefaultThreadFactory(name, true);
    }

    /** @param first the first action of each thread */
    static ThreadFactory beginning(Runnable first, ThreadFactory threads) {
        return task -> threads.newThread(() -> {
            first.run();
            task.run();
        });
    }
}

package io.fairlead.rpc.server;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which handlers may block; {@link Quotas} says which client may use how many. Their queues need no bound of
 * their own: a connection has only so many calls in work, and connections are limited.
 */
final class Workers {
    private static final long IDLE_SECONDS = 60;
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor normal;
    private final ThreadPoolExecutor urgent;
    private final ThreadPoolExecutor streams;

    Workers(ServerSettings settings) {
        normal = pool("rpc-worker", settings.workers() + settings.readOnlyWorkers());
        urgent = pool("rpc-urgent", settings.urgentWorkers());
        streams = new ThreadPoolExecutor(
                0,
                settings.streamThreads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                named("rpc-stream"));
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    Executor normal() {
        return normal;
    }

    Executor urgent() {
        return urgent;
    }

    /** Refuses with RejectedExecutionException when all stream threads are taken. */
    Executor streams() {
        return streams;
    }

    /** Lets what was given finish; what still runs after a while is interrupted. */
    void shutDown() throws InterruptedException {
        for (ThreadPoolExecutor pool : new ThreadPoolExecutor[] {normal, urgent, streams}) {
            pool.shutdown();
        }
        for (ThreadPoolExecutor pool : new ThreadPoolExecutor[] {normal, urgent, streams}) {
            if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        }
    }
}

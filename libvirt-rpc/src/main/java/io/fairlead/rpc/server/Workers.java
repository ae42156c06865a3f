package io.fairlead.rpc.server;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which handlers may block; {@link Quotas} says which client may use how many. Their queues need no
 * bound of their own: a connection has only so many calls in work, and connections are limited.
 */
final class Workers {
    private static final long IDLE_SECONDS = 60;
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor normal;
    private final ThreadPoolExecutor readers;
    private final ThreadPoolExecutor urgent;
    private final ThreadPoolExecutor streams;

    /** @param readers makes the threads for read-only clients */
    Workers(ServerSettings settings, ThreadFactory readers) {
        normal = pool(settings.workers(), ServerThreads.workers("rpc-worker"));
        this.readers = pool(settings.readOnlyWorkers(), readers);
        urgent = pool(settings.urgentWorkers(), ServerThreads.workers("rpc-urgent"));
        streams = new ThreadPoolExecutor(
                0,
                settings.streamThreads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                ServerThreads.workers("rpc-stream"));
    }

    /** Starts a thread only when none is idle, not for each call until all threads exist. */
    private static ThreadPoolExecutor pool(int count, ThreadFactory threads) {
        return new ThreadPoolExecutor(
                0, count, IDLE_SECONDS, TimeUnit.SECONDS, new HandOver(), threads, Workers::queue);
    }

    /** All threads are busy, or the pool is shut down. */
    private static void queue(Runnable task, ThreadPoolExecutor pool) {
        pool.getQueue().add(task);
        if (pool.isShutdown() && pool.remove(task)) {
            throw new RejectedExecutionException("the workers have ended");
        }
        if (pool.getPoolSize() == 0) {
            pool.execute(() -> {}); // all have gone meanwhile: one that comes takes the task, too
        }
    }

    /** Takes an offered task only if an idle thread waits for one; an added task waits for a thread. */
    private static final class HandOver extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }

    Executor normal() {
        return normal;
    }

    Executor readers() {
        return readers;
    }

    Executor urgent() {
        return urgent;
    }

    /** Refuses with RejectedExecutionException when all stream threads are taken. */
    Executor streams() {
        return streams;
    }

    /** Lets given tasks finish; tasks that still run after a while are interrupted. */
    void shutDown() throws InterruptedException {
        for (ThreadPoolExecutor pool : all()) {
            pool.shutdown();
        }
        for (ThreadPoolExecutor pool : all()) {
            if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        }
    }

    private List<ThreadPoolExecutor> all() {
        return List.of(normal, readers, urgent, streams);
    }
}

package io.fairlead.kit.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's own threads: workers that may block, and a timer that only wakes them. */
public final class Threads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Threads.class);

    /** The number of launches at the same time when many are due: more would only delay each other. */
    public static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final ExecutorService workers = Executors.newCachedThreadPool(DaemonThreads.numbered("engine"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.numbered("engine-timer"));

    /**
     * Runs a task that may block. Once this is closed, does nothing: the task is then the next daemon's.
     */
    public void run(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("not begun, because this daemon stops: {}", task, e);
        }
    }

    public ScheduledExecutorService timer() {
        return timer;
    }

    /**
     * Applies an action to each element, several at once, and returns when all are done. Once this is closed, no other
     * element is begun, and it returns when those that were have been done.
     *
     * @throws IllegalStateException with the first failure as its cause; the other elements are done nevertheless
     */
    public <T> void forEach(List<T> items, Consumer<T> action) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(AT_ONCE, items.size()); i++) {
            Runnable worker = () -> {
                for (int at = next.getAndIncrement();
                        at < items.size() && !workers.isShutdown();
                        at = next.getAndIncrement()) {
                    try {
                        action.accept(items.get(at));
                    } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                    }
                }
            };
            try {
                running.add(workers.submit(worker));
            } catch (RejectedExecutionException e) {
                log.debug("{} of {} elements are left to the next daemon", items.size() - next.get(), items.size(), e);
                break;
            }
        }
        running.forEach(Threads::await);
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
    }

    /** Lets running work finish if it is quick; hanging work ends with the process. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
        try {
            workers.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

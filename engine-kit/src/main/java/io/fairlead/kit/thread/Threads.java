package io.fairlead.kit.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The engine's own threads: workers that may block, and a timer that only wakes them. */
public final class Threads implements AutoCloseable {
    /** The number of launches at the same time when many are due: more would only delay each other. */
    public static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final ExecutorService workers = Executors.newCachedThreadPool(named("engine"));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(named("engine-timer"));

    public ExecutorService workers() {
        return workers;
    }

    public ScheduledExecutorService timer() {
        return timer;
    }

    /**
     * Applies an action to each element, several at once, and returns when all are done.
     *
     * @throws IllegalStateException with the first failure as its cause; the other elements are done nevertheless
     */
    public <T> void forEach(List<T> items, Consumer<T> action) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(AT_ONCE, items.size()); i++) {
            running.add(workers.submit(() -> {
                for (int at = next.getAndIncrement(); at < items.size(); at = next.getAndIncrement()) {
                    try {
                        action.accept(items.get(at));
                    } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                    }
                }
            }));
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

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

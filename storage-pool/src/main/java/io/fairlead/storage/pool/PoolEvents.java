package io.fairlead.storage.pool;

import io.fairlead.core.event.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers events of pools in order, on one thread, with no lock held. A listener must not block. */
public final class PoolEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoolEvents.class);

    private final List<Consumer<PoolEvent>> listeners = new CopyOnWriteArrayList<>();
    /** Pools stay active when we close, and may still report something; no listener is left by then. */
    private final ExecutorService thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            PoolEvents::thread,
            new ThreadPoolExecutor.DiscardPolicy());

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "pool-events");
        thread.setDaemon(true);
        return thread;
    }

    public Subscription subscribe(Consumer<PoolEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void publish(PoolEvent event) {
        thread.execute(() -> listeners.forEach(listener -> deliver(event, listener)));
    }

    private static void deliver(PoolEvent event, Consumer<PoolEvent> listener) {
        try {
            listener.accept(event);
        } catch (RuntimeException | Error e) {
            LOG.error("a listener failed on {}", event, e);
        }
    }

    /** Queued events are still delivered. */
    @Override
    public void close() {
        thread.shutdown();
    }
}

package io.fairlead.core.event;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ordered queue of events and the one thread that delivers them.
 *
 * <p>A subscriber gets every event published after it subscribed, in order, on the bus's thread. It must not block: it
 * passes the event on and returns, because other subscribers wait. An exception that it throws is logged and does not
 * affect the others.
 */
public final class EventBus implements AutoCloseable {
    private record Queued(long number, Event event) {}

    private record Subscriber(long after, Consumer<Event> listener, BooleanSupplier listening) {}

    private static final Logger log = LoggerFactory.getLogger(EventBus.class);
    private static final Queued END = new Queued(Long.MAX_VALUE, null);
    private static final int LONG_QUEUE = 10_000;

    private final BlockingQueue<Queued> queue = new LinkedBlockingQueue<>();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::deliver, "events");
    private long published; // guarded by this
    private boolean closed; // guarded by this

    public EventBus() {
        thread.setDaemon(true);
        thread.start();
    }

    public Subscription subscribe(Consumer<Event> listener) {
        return subscribe(listener, () -> true);
    }

    /**
     * As {@link #subscribe(Consumer)}, for a subscriber that passes events on and most of the time has no listeners of
     * its own. Waking the bus's thread for nothing would take the processor from the publishing thread.
     *
     * @param listening asked on the publisher's thread, which may hold locks; while it is false, events may be left out
     */
    public synchronized Subscription subscribe(Consumer<Event> listener, BooleanSupplier listening) {
        Subscriber subscriber =
                new Subscriber(published, requireNonNull(listener, "listener"), requireNonNull(listening, "listening"));
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /** Never waits, so that a caller may hold a lock. Publishing under the domain's lock keeps its events in order. */
    public synchronized void publish(Event event) {
        if (closed || !isHeard()) {
            return;
        }
        queue.add(new Queued(++published, requireNonNull(event, "event")));
        int waiting = queue.size();
        if (waiting > 0 && waiting % LONG_QUEUE == 0) {
            log.warn("{} events wait for delivery: a subscriber is slow", waiting);
        }
    }

    private boolean isHeard() {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.listening().getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    /** Delivers the queued events, then ends. Waits for that, unless a subscriber calls it. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                queue.add(END);
            }
        }
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver() {
        try {
            for (Queued next = queue.take(); next != END; next = queue.take()) {
                for (Subscriber subscriber : subscribers) {
                    if (subscriber.after() < next.number()) {
                        deliver(next.event(), subscriber.listener());
                    }
                }
            }
        } catch (InterruptedException e) {
            log.error("the event thread was interrupted: no more events are delivered", e);
        }
    }

    private static void deliver(Event event, Consumer<Event> listener) {
        try {
            listener.accept(event);
        } catch (RuntimeException | Error e) { // an Error, too, must not end the thread of all events
            log.error("a subscriber failed on {}", event, e);
        }
    }
}

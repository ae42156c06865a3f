package io.fairlead.kit.event;

import static java.util.Objects.requireNonNull;

import io.fairlead.kit.thread.DaemonThreads;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers the events of a daemon, keeps the newest, and delivers them: one order for domains, pools and all other
 * things.
 *
 * <p>A subscriber gets events in order, on the bus's thread. It must not block: it passes the event on and returns,
 * because other subscribers wait. An exception that it throws is logged and does not affect the others.
 *
 * <p>Any thread may call any method.
 */
public final class EventBus implements AutoCloseable {
    /** How many events are kept for those who ask later: some minutes of a busy host, in less than half a megabyte. */
    public static final int HISTORY = 1_024;

    private static final Logger log = LoggerFactory.getLogger(EventBus.class);
    private static final Delivery END = new Delivery(null, null);
    private static final int LONG_QUEUE = 10_000;

    /** @param only the one that gets it; null for all that subscribed before the event was published */
    private record Delivery(Event event, Subscriber only) {}

    /** @param after gets what is published after the event of this number */
    private record Subscriber(long after, Consumer<Event> listener, BooleanSupplier listening) {}

    private final Clock clock;
    private final EventHistory history = new EventHistory(HISTORY); // guarded by this
    private final BlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final Thread thread = DaemonThreads.named("events", this::deliver);
    private boolean closed; // guarded by this

    public EventBus(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        thread.start();
    }

    /** Gets every event published from now on. */
    public Subscription subscribe(Consumer<Event> listener) {
        return subscribe(listener, () -> true);
    }

    /**
     * As {@link #subscribe(Consumer)}, for a subscriber that passes events on and most of the time has no listeners of
     * its own. Waking the bus's thread for nothing would take the processor from the publishing thread.
     *
     * @param listening asked on the publisher's thread, which may hold locks; while it is false, events may be left out
     */
    public Subscription subscribe(Consumer<Event> listener, BooleanSupplier listening) {
        return subscribe(event -> false, listener, listening);
    }

    /**
     * Gets the kept events with a higher number, then every later one: none is left out in between, none comes twice.
     * A gap between the given number and that of the first event means that the events in between are forgotten.
     *
     * @param number 0 for all that are kept
     */
    public Subscription subscribeAfter(long number, Consumer<Event> listener) {
        return subscribe(event -> event.number() > number, listener, () -> true);
    }

    /** As {@link #subscribeAfter}, beginning with the kept events of that instant or a later one. */
    public Subscription subscribeSince(Instant at, Consumer<Event> listener) {
        return subscribe(event -> !event.at().isBefore(at), listener, () -> true);
    }

    private synchronized Subscription subscribe(
            Predicate<Event> kept, Consumer<Event> listener, BooleanSupplier listening) {
        Subscriber subscriber = new Subscriber(
                history.last(), requireNonNull(listener, "listener"), requireNonNull(listening, "listening"));
        subscribers.add(subscriber);
        if (!closed) {
            history.all(kept).forEach(event -> queue.add(new Delivery(event, subscriber)));
        }
        return () -> subscribers.remove(subscriber);
    }

    /** The kept events with a higher number, oldest first. */
    public synchronized List<Event> after(long number) {
        return history.all(event -> event.number() > number);
    }

    /** The kept events of that instant or a later one, in the order of their numbers. */
    public synchronized List<Event> since(Instant at) {
        return history.all(event -> !event.at().isBefore(at));
    }

    /**
     * Never waits, so that a caller may hold a lock. Publishing under a thing's own lock keeps its events in order.
     * When nobody listens, the event is only kept.
     */
    public synchronized Event publish(Occurrence what) {
        Event event = new Event(history.last() + 1, clock.instant(), what);
        history.add(event);
        if (!closed && isHeard()) {
            queue.add(new Delivery(event, null));
            int waiting = queue.size();
            if (waiting > 0 && waiting % LONG_QUEUE == 0) {
                log.warn("{} events wait for delivery: a subscriber is slow", waiting);
            }
        }
        return event;
    }

    private boolean isHeard() {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.listening().getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Delivers the queued events, then ends. Waits for that, unless a subscriber calls it. What is published afterwards
     * is kept, and delivered to nobody.
     */
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
            for (Delivery next = queue.take(); next != END; next = queue.take()) {
                for (Subscriber subscriber : subscribers) {
                    if (isFor(subscriber, next)) {
                        deliver(next.event(), subscriber.listener());
                    }
                }
            }
        } catch (InterruptedException e) {
            log.error("the event thread was interrupted: no more events are delivered", e);
        }
    }

    private static boolean isFor(Subscriber subscriber, Delivery delivery) {
        return delivery.only() == null ? subscriber.after() < delivery.event().number() : subscriber == delivery.only();
    }

    private static void deliver(Event event, Consumer<Event> listener) {
        try {
            listener.accept(event);
        } catch (RuntimeException | Error e) { // an Error, too, must not end the thread of all events
            log.error("a subscriber failed on {}", event, e);
        }
    }
}

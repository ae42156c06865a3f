package io.fairlead.linux.sys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that tells when descriptors can be read, and that runs actions at a later time. All actions run on this
 * thread, one after another, so they must not block.
 */
public final class Poller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Poller.class);
    private static final long ORIGIN_NANOS = System.nanoTime();

    /** A descriptor that is watched; at first it is not listened to. Safe for concurrent use. */
    public final class Watch {
        private final long key = nextKey.getAndIncrement();
        private final int fd;
        private final Runnable onReadable;
        private boolean listening; // guarded by this
        private boolean cancelled; // guarded by this

        private Watch(int fd, Runnable onReadable) {
            this.fd = fd;
            this.onReadable = onReadable;
        }

        /** Whether the action runs as long as the descriptor can be read or is at its end. */
        public synchronized void listen(boolean on) throws ErrnoException {
            synchronized (epoll) {
                if (ended || cancelled || listening == on) {
                    return;
                }
                if (on) {
                    epoll.add(fd, key);
                } else {
                    epoll.remove(fd); // with no events asked for, epoll would still tell of the end, again and again
                }
                listening = on;
            }
        }

        /** To be called before the descriptor is closed. The action may be running still, but does not begin again. */
        public synchronized void cancel() {
            watches.remove(key);
            try {
                listen(false);
            } catch (ErrnoException e) {
                log.debug("{}: descriptor {} was closed before its watch", thread.getName(), fd, e);
            }
            cancelled = true;
        }
    }

    private record Later(long deadlineNanos, Runnable action) {}

    private final Epoll epoll;
    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
    private final AtomicLong nextKey = new AtomicLong(Epoll.WOKEN + 1);
    /** Guarded by itself. Differences are compared, because the clock may begin anywhere. */
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(entry -> entry.deadlineNanos - ORIGIN_NANOS));

    private final Thread thread;
    private volatile boolean closed;
    private boolean ended; // guarded by epoll

    /** @param name of the thread */
    public Poller(String name) throws ErrnoException {
        epoll = new Epoll(name);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** @param fd stays open until the watch is cancelled */
    public Watch watch(int fd, Runnable onReadable) {
        Watch watch = new Watch(fd, onReadable);
        watches.put(watch.key, watch);
        return watch;
    }

    /** Runs an action once, not before the time has passed; never after {@link #close}. */
    public void schedule(Duration delay, Runnable action) {
        Later entry = new Later(System.nanoTime() + delay.toNanos(), action);
        boolean first;
        synchronized (later) {
            later.add(entry);
            first = later.peek() == entry;
        }
        if (first && Thread.currentThread() != thread) {
            wakeUp();
        }
    }

    private void run() {
        try {
            while (!closed) {
                for (long key : epoll.await(millisToNext())) {
                    Watch watch = watches.get(key);
                    if (watch != null && !closed) {
                        run(watch.onReadable);
                    }
                }
                runDue();
            }
        } catch (ErrnoException e) {
            log.error("{} ends; what it watched goes unnoticed until the daemon restarts", thread.getName(), e);
        } finally {
            closed = true;
            watches.clear();
            synchronized (epoll) {
                ended = true;
                epoll.close();
            }
        }
    }

    private void runDue() {
        List<Later> due = new ArrayList<>();
        long now = System.nanoTime();
        synchronized (later) {
            while (!later.isEmpty() && later.peek().deadlineNanos - now <= 0) {
                due.add(later.poll());
            }
        }
        for (Later entry : due) {
            if (!closed) {
                run(entry.action);
            }
        }
    }

    private int millisToNext() {
        synchronized (later) {
            if (later.isEmpty()) {
                return -1;
            }
            long nanos = Math.max(0, later.peek().deadlineNanos - System.nanoTime());
            return (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
        }
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("{}: an action failed", thread.getName(), e);
        }
    }

    private void wakeUp() {
        synchronized (epoll) {
            try {
                if (!ended) {
                    epoll.wakeUp();
                }
            } catch (ErrnoException e) {
                log.error("{} cannot be woken", thread.getName(), e);
            }
        }
    }

    /** Ends the thread; actions that have not begun do not run. Not to be called by an action. */
    @Override
    public void close() {
        closed = true;
        wakeUp();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

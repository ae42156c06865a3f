package io.fairlead.linux.process;

import io.fairlead.linux.sys.Epoll;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when processes end, whether they are our children or not. One thread for all of them: an epoll over their
 * pidfds, one descriptor each.
 *
 * <p>Callbacks run on that thread, so they must be short or hand over.
 */
public final class ProcessWatcher implements AutoCloseable {
    /** One process being watched. */
    public interface Watch {
        /** After this returns true the callback will not run; false means that it has run or is running. */
        boolean cancel();
    }

    private static final Logger log = LoggerFactory.getLogger(ProcessWatcher.class);

    private final Epoll epoll;
    private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
    private final AtomicLong nextKey = new AtomicLong(Epoll.WOKEN + 1);
    private final Thread thread;
    private volatile boolean closed;

    public ProcessWatcher() throws ErrnoException {
        epoll = new Epoll("process watcher");
        thread = new Thread(this::run, "process-watcher");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs {@code onExit} once, when the process has ended; soon, if it has ended already.
     *
     * @throws ErrnoException EMFILE when there are no descriptors left
     * @throws IllegalStateException after close
     */
    public Watch watch(ProcessId id, Runnable onExit) throws IOException {
        if (closed) {
            throw new IllegalStateException("process watcher is closed");
        }
        long key = nextKey.getAndIncrement();
        Pidfd pidfd = null;
        try {
            pidfd = Pidfd.open(id);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
        Watched entry = new Watched(key, id, pidfd, onExit);
        watched.put(key, entry);
        if (pidfd == null) {
            epoll.wakeUp();
            return entry;
        }
        try {
            epoll.add(pidfd.number(), key);
        } catch (ErrnoException | IllegalStateException e) {
            entry.cancel();
            throw e;
        }
        return entry;
    }

    /** How many processes are being watched. */
    public int size() {
        return watched.size();
    }

    /** Stops watching. Callbacks that have not begun will not run. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            epoll.wakeUp();
            if (Thread.currentThread() != thread) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ErrnoException e) {
            log.error("cannot stop the process watcher", e);
        }
    }

    private void run() {
        try {
            while (!closed) {
                for (long key : epoll.await(-1)) {
                    if (closed) {
                        break;
                    }
                    if (key == Epoll.WOKEN) {
                        tellThoseAlreadyGone();
                    } else {
                        tell(watched.remove(key));
                    }
                }
            }
        } catch (ErrnoException e) {
            log.error("process watcher ends; exits will go unnoticed until the daemon restarts", e);
        } finally {
            closed = true;
            watched.values().forEach(Watched::cancel);
            epoll.close();
        }
    }

    private void tellThoseAlreadyGone() {
        for (Watched entry : watched.values()) {
            if (entry.pidfd == null) {
                tell(watched.remove(entry.key));
            }
        }
    }

    private void tell(Watched entry) {
        if (entry == null) {
            return;
        }
        entry.stop();
        try {
            entry.onExit.run();
        } catch (RuntimeException e) {
            log.error("whoever waited for the end of {} failed", entry.id, e);
        }
    }

    private final class Watched implements Watch {
        private final long key;
        private final ProcessId id;
        private final Pidfd pidfd;
        private final Runnable onExit;

        private Watched(long key, ProcessId id, Pidfd pidfd, Runnable onExit) {
            this.key = key;
            this.id = id;
            this.pidfd = pidfd;
            this.onExit = onExit;
        }

        @Override
        public boolean cancel() {
            if (watched.remove(key) == null) {
                return false;
            }
            stop();
            return true;
        }

        private void stop() {
            if (pidfd != null) {
                pidfd.close(); // which also takes it out of the epoll set
            }
        }
    }
}

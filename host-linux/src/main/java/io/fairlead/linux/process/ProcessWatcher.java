package io.fairlead.linux.process;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLLIN = 1;
    private static final int EFD_NONBLOCK_CLOEXEC = 0x80800;
    private static final int BATCH = 64;
    private static final long WAKE = 0;
    // struct epoll_event is packed on x86-64 only.
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
    private static final int DATA_OFFSET = PACKED ? 4 : 8;
    private static final int EVENT_BYTES = PACKED ? 12 : 16;

    private final Fd epoll;
    private final Fd wake;
    private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
    private final AtomicLong nextKey = new AtomicLong(WAKE + 1);
    private final Thread thread;
    private volatile boolean closed;

    public ProcessWatcher() throws ErrnoException {
        epoll = new Fd(Errno.check(Libc.epoll_create1(0x80000), "epoll_create1", "process watcher"), "process watcher");
        try {
            wake = new Fd(Errno.check(Libc.eventfd(0, EFD_NONBLOCK_CLOEXEC), "eventfd", "process watcher"), "wake");
            add(wake.number(), WAKE);
        } catch (ErrnoException e) {
            epoll.close();
            throw e;
        }
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
            wakeUp();
            return entry;
        }
        try {
            add(pidfd.number(), key);
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
            wakeUp();
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
        byte[] buffer = new byte[BATCH * EVENT_BYTES];
        ByteBuffer events = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
        try {
            while (!closed) {
                int count = Libc.epoll_wait(epoll.number(), buffer, BATCH, -1);
                if (count < 0 && Errno.last() != Errno.EINTR) {
                    Errno.check(count, "epoll_wait", "process watcher");
                }
                for (int i = 0; i < count && !closed; i++) {
                    long key = events.getLong(i * EVENT_BYTES + DATA_OFFSET);
                    if (key == WAKE) {
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
            wake.close();
            epoll.close();
        }
    }

    private void tellThoseAlreadyGone() throws ErrnoException {
        byte[] counter = new byte[8];
        if (Libc.read(wake.number(), counter, counter.length) < 0 && Errno.last() != Errno.EAGAIN) {
            throw new ErrnoException(Errno.last(), "read", "eventfd of the process watcher");
        }
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

    private void add(int fd, long key) throws ErrnoException {
        ByteBuffer event = ByteBuffer.allocate(EVENT_BYTES).order(ByteOrder.nativeOrder());
        event.putInt(0, EPOLLIN).putLong(DATA_OFFSET, key);
        Errno.check(Libc.epoll_ctl(epoll.number(), EPOLL_CTL_ADD, fd, event.array()), "epoll_ctl", "pidfd " + fd);
    }

    private void wakeUp() throws ErrnoException {
        ByteBuffer one = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(0, 1);
        Errno.check(Libc.write(wake.number(), one.array(), 8), "write", "eventfd of the process watcher");
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

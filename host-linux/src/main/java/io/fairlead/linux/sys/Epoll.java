package io.fairlead.linux.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A set of descriptors of which one thread waits for those that can be read. Other threads may add and remove, and wake
 * the waiting one. A descriptor that is closed everywhere leaves the set by itself.
 */
public final class Epoll implements AutoCloseable {
    /** The key under which {@link #wakeUp} shows. */
    public static final long WOKEN = 0;

    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLLIN = 1;
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK_CLOEXEC = 0x80800;
    private static final int BATCH = 64;
    // struct epoll_event is packed on x86-64 only.
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
    private static final int DATA_OFFSET = PACKED ? 4 : 8;
    private static final int EVENT_BYTES = PACKED ? 12 : 16;
    private static final int COUNTER_BYTES = 8;

    private final String name;
    private final Fd epoll;
    private final Fd wake;
    private final ByteBuffer events = ByteBuffer.allocate(BATCH * EVENT_BYTES).order(ByteOrder.nativeOrder());

    /** @param name for messages */
    public Epoll(String name) throws ErrnoException {
        this.name = name;
        epoll = new Fd(Errno.check(Libc.epoll_create1(EPOLL_CLOEXEC), "epoll_create1", name), name);
        try {
            wake = new Fd(Errno.check(Libc.eventfd(0, EFD_NONBLOCK_CLOEXEC), "eventfd", name), name);
            add(wake.number(), WOKEN);
        } catch (ErrnoException e) {
            epoll.close();
            throw e;
        }
    }

    /** @param key names the descriptor in the result of {@link #await}; not {@link #WOKEN} */
    public void add(int fd, long key) throws ErrnoException {
        ByteBuffer event = ByteBuffer.allocate(EVENT_BYTES).order(ByteOrder.nativeOrder());
        event.putInt(0, EPOLLIN).putLong(DATA_OFFSET, key);
        Errno.check(Libc.epoll_ctl(epoll.number(), EPOLL_CTL_ADD, fd, event.array()), "epoll_ctl", "descriptor " + fd);
    }

    public void remove(int fd) throws ErrnoException {
        byte[] unused = new byte[EVENT_BYTES]; // kernels before 2.6.9 want one
        Errno.check(Libc.epoll_ctl(epoll.number(), EPOLL_CTL_DEL, fd, unused), "epoll_ctl", "descriptor " + fd);
    }

    /**
     * Waits, on one thread at a time.
     *
     * @param limitMillis -1 means for ever
     * @return the keys of descriptors that can be read or are at their end, and {@link #WOKEN}; none when the time ran
     *     out or a signal came
     */
    public long[] await(int limitMillis) throws ErrnoException {
        int count = Libc.epoll_wait(epoll.number(), events.array(), BATCH, limitMillis);
        if (count < 0) {
            if (Errno.last() == Errno.EINTR) {
                return new long[0];
            }
            throw new ErrnoException(Errno.last(), "epoll_wait", name);
        }
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = events.getLong(i * EVENT_BYTES + DATA_OFFSET);
            if (keys[i] == WOKEN) {
                forgetWake();
            }
        }
        return keys;
    }

    private void forgetWake() throws ErrnoException {
        byte[] counter = new byte[COUNTER_BYTES];
        if (Libc.read(wake.number(), counter, counter.length) < 0 && Errno.last() != Errno.EAGAIN) {
            throw new ErrnoException(Errno.last(), "read", "eventfd of " + name);
        }
    }

    /** Ends a present or the next {@link #await}. */
    public void wakeUp() throws ErrnoException {
        ByteBuffer one = ByteBuffer.allocate(COUNTER_BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(0, 1);
        Errno.check(Libc.write(wake.number(), one.array(), COUNTER_BYTES), "write", "eventfd of " + name);
    }

    /** To be called by the waiting thread, or when there is none. */
    @Override
    public void close() {
        wake.close();
        epoll.close();
    }
}

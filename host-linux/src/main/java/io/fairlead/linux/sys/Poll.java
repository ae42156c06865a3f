package io.fairlead.linux.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/** Waits until a descriptor is ready, with a deadline that EINTR does not extend. */
public final class Poll {
    public static final short POLLIN = 1;
    public static final short POLLOUT = 4;
    /** Told without being asked for: the other end of a pipe is closed, for instance. */
    public static final short POLLERR = 8;

    private static final int ENTRY_BYTES = 8;

    private Poll() {}

    /** The events ready on one descriptor; 0 when the time ran out. */
    public static short await(int fd, short events, Duration limit) throws ErrnoException {
        return await(new int[] {fd}, events, limit)[0];
    }

    /**
     * The events ready on each descriptor; all 0 when the time ran out. A negative descriptor is passed over.
     *
     * @param limit how long to wait; null means for ever
     */
    public static short[] await(int[] fds, short events, Duration limit) throws ErrnoException {
        ByteBuffer entries = ByteBuffer.allocate(ENTRY_BYTES * fds.length).order(ByteOrder.nativeOrder());
        for (int i = 0; i < fds.length; i++) {
            entries.putInt(i * ENTRY_BYTES, fds[i]).putShort(i * ENTRY_BYTES + 4, events);
        }
        long deadline = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
        int result;
        do {
            result = Libc.poll(entries.array(), fds.length, limit == null ? -1 : millisUntil(deadline));
        } while (result < 0 && Errno.last() == Errno.EINTR);
        Errno.check(result, "poll", fds.length + " descriptors");
        short[] ready = new short[fds.length];
        for (int i = 0; i < fds.length; i++) {
            ready[i] = entries.getShort(i * ENTRY_BYTES + 6);
        }
        return ready;
    }

    private static int millisUntil(long deadline) {
        long left = deadline - System.nanoTime();
        return left <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
    }
}

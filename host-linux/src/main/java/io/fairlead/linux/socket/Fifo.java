package io.fairlead.linux.socket;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.linux.sys.Poll;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Named pipes as a meeting point: one side waits for the other, but not for ever. */
public final class Fifo {
    private static final int S_IFIFO = 0010000;
    private static final int F_SETFL = 4;
    private static final long FIONREAD = 0x541b;
    private static final long RETRY_NANOS = 500_000;

    private Fifo() {}

    /** @throws ErrnoException EEXIST */
    public static void create(Path path, int mode) throws ErrnoException {
        Errno.check(Libc.mknodat(OpenFlags.AT_FDCWD, CString.of(path), S_IFIFO | mode, 0), "mkfifo", path);
    }

    /**
     * Releases the process that waits in opening the FIFO for writing, and waits for its first bytes. An OCI runtime's
     * {@code start} tells the waiting init in this way to go on.
     *
     * @return the first bytes
     * @throws ErrnoException ENOENT, or ETIMEDOUT if nothing was written in time
     */
    public static byte[] await(Path path, Duration limit) throws ErrnoException {
        try (Fd fifo = Fd.open(path, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK)) {
            long deadline = System.nanoTime() + limit.toNanos();
            byte[] buffer = new byte[4096];
            while (true) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || Poll.await(fifo.number(), Poll.POLLIN, Duration.ofNanos(left)) == 0) {
                    throw new ErrnoException(Errno.ETIMEDOUT, "read", path.toString());
                }
                long count = Libc.read(fifo.number(), buffer, buffer.length);
                if (count > 0) {
                    return java.util.Arrays.copyOf(buffer, (int) count);
                }
                if (count < 0 && Errno.last() != Errno.EAGAIN && Errno.last() != Errno.EINTR) {
                    throw new ErrnoException(Errno.last(), "read", path.toString());
                }
                if (count == 0) {
                    // A writer came and left without writing; poll would report that again and again.
                    LockSupport.parkNanos(RETRY_NANOS);
                }
            }
        }
    }

    /**
     * Writes, waiting for a reader to come.
     *
     * @throws ErrnoException ENXIO if none came in time; EPIPE if it left again
     */
    public static void write(Path path, byte[] bytes, Duration limit) throws ErrnoException {
        try (Fd fifo = openForWriting(path, limit)) {
            Errno.check(Libc.fcntl(fifo.number(), F_SETFL, OpenFlags.O_WRONLY), "fcntl", path);
            fifo.write(bytes);
        }
    }

    /** Opens for writing without blocking in write either. @throws ErrnoException ENXIO if no reader came in time */
    public static Fd openForWriting(Path path, Duration limit) throws ErrnoException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return Fd.open(path, OpenFlags.O_WRONLY | OpenFlags.O_NONBLOCK);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENXIO || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /** How many bytes the readers have not taken yet. @param end either end */
    public static int unread(Fd end) throws ErrnoException {
        byte[] count = new byte[Integer.BYTES];
        Errno.check(Libc.ioctl(end.number(), FIONREAD, count), "ioctl", end.name());
        return ByteBuffer.wrap(count).order(ByteOrder.nativeOrder()).getInt();
    }

    /** Opens both ends at once, which never blocks and keeps the FIFO from reporting an end between two writers. */
    public static Fd openBothEnds(Path path) throws ErrnoException {
        return Fd.open(path, OpenFlags.O_RDWR | OpenFlags.O_NONBLOCK);
    }
}

package io.fairlead.linux.socket;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.Poll;
import io.fairlead.linux.sys.Poller;
import io.fairlead.linux.sys.SharedFd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * A client of an AF_UNIX SOCK_SEQPACKET socket: connected, reliable, and each message arrives as one. One thread may
 * receive while another sends and a third closes.
 */
public final class SeqpacketSocket implements AutoCloseable {
    /** Answered by {@link #receive} when the other side has closed. */
    public static final int END = -1;
    /** Answered by {@link #receive} when the time ran out. */
    public static final int TIMED_OUT = -2;

    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int CREDENTIALS_BYTES = 12; // struct ucred: pid, uid, gid
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;

    private final SharedFd shared;
    private final String name;

    private SeqpacketSocket(Fd fd, String name) {
        this.shared = new SharedFd(fd);
        this.name = name;
    }

    /**
     * Connects, also to a path longer than the 107 bytes of a socket address.
     *
     * @param limit how long to wait while the server's queue is full
     * @throws ErrnoException ENOENT, ECONNREFUSED if no process listens, EAGAIN if the queue stayed full
     */
    public static SeqpacketSocket connect(Path path, Duration limit) throws ErrnoException {
        int type = SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK;
        Fd fd = new Fd(Errno.check(Libc.socket(UnixAddress.AF_UNIX, type, 0), "socket", path), path.toString());
        try (UnixAddress address = UnixAddress.of(path)) {
            long deadline = System.nanoTime() + limit.toNanos();
            while (Libc.connect(fd.number(), address.bytes(), address.bytes().length) < 0) {
                int errno = Errno.last();
                boolean full = errno == Errno.EAGAIN || errno == Errno.EINTR;
                // poll cannot wait for room in a full queue of a unix socket.
                if (!full || System.nanoTime() > deadline) {
                    throw new ErrnoException(errno, "connect", path.toString());
                }
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            return new SeqpacketSocket(fd, path.toString());
        } catch (ErrnoException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * Waits for one message; bytes that do not fit into the buffer are lost.
     *
     * @param limit null means for ever
     * @return its length, {@link #END} or {@link #TIMED_OUT}; END also when {@link #close} ran meanwhile
     */
    public int receive(byte[] buffer, Duration limit) throws IOException {
        if (shared.closing()) {
            return END;
        }
        return shared.use(fd -> {
            int[] one = {fd};
            long deadline = limit == null ? 0 : System.nanoTime() + limit.toNanos();
            while (true) {
                Duration left = limit == null ? null : Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                if (Poll.await(one, Poll.POLLIN, left)[0] == 0) {
                    return TIMED_OUT;
                }
                long count = Libc.recv(fd, buffer, buffer.length, MSG_DONTWAIT);
                if (count >= 0) {
                    // The kernel cannot tell an empty message from the end; no peer of ours sends empty ones.
                    return count == 0 ? END : (int) count;
                }
                int errno = Errno.last();
                if (errno == 104 /* ECONNRESET */) {
                    return END;
                }
                if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
                    throw new ErrnoException(errno, "recv", name);
                }
            }
        });
    }

    /**
     * Takes one message that has arrived; as {@link #receive}, but never waits.
     *
     * @return its length, {@link #END}, or {@link #TIMED_OUT} if there is none
     */
    public int receiveNow(byte[] buffer) throws IOException {
        return receive(buffer, Duration.ZERO);
    }

    /**
     * Watches for messages and for the end. The action runs on the poller's thread. The watch must be cancelled before
     * this is closed.
     */
    public Poller.Watch watch(Poller poller, Runnable onReadable) throws IOException {
        return shared.use(fd -> poller.watch(fd, onReadable));
    }

    /**
     * Sends one message.
     *
     * @throws ErrnoException EPIPE if the other side has closed, EMSGSIZE if it is too big for one, EAGAIN if the time
     *     ran out because the other side does not read
     */
    public void send(byte[] bytes, int offset, int length, Duration limit) throws IOException {
        byte[] message =
                offset == 0 && length == bytes.length ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
        shared.use(fd -> {
            long deadline = System.nanoTime() + limit.toNanos();
            while (Libc.send(fd, message, length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
                int errno = Errno.last();
                long left = deadline - System.nanoTime();
                if (errno != Errno.EINTR && (errno != Errno.EAGAIN || left <= 0)) {
                    throw new ErrnoException(errno, "send", name);
                }
                Poll.await(fd, Poll.POLLOUT, Duration.ofNanos(Math.max(0, left)));
            }
            return null;
        });
    }

    /** The pid of the process that listens; when it has ended, the pid may be another process's. */
    public int peer() throws IOException {
        byte[] credentials = new byte[CREDENTIALS_BYTES];
        shared.use(fd -> Errno.check(
                Libc.getsockopt(fd, SOL_SOCKET, SO_PEERCRED, credentials, new int[] {CREDENTIALS_BYTES}),
                "getsockopt",
                name));
        return ByteBuffer.wrap(credentials).order(ByteOrder.nativeOrder()).getInt();
    }

    /** Says that no more will be sent. The other side reads the messages on the way, then the end. */
    public void shutdownOutput() throws IOException {
        shared.use(fd -> Errno.check(Libc.shutdown(fd, SHUT_WR), "shutdown", name));
    }

    /** Closes; a thread in {@link #receive} returns with {@link #END}. */
    @Override
    public void close() {
        shared.close(fd -> Libc.shutdown(fd, SHUT_RDWR));
    }
}

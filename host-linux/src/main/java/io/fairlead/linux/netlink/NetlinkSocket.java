package io.fairlead.linux.netlink;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.Poll;
import io.fairlead.linux.sys.SharedFd;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A socket of family AF_NETLINK, protocol NETLINK_ROUTE (netlink(7)). It belongs to the network namespace in which it
 * was opened. Requests wait for each other; one thread may receive while another closes.
 */
final class NetlinkSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10; // answers without the body of the request, since Linux 4.3
    private static final int NETLINK_EXT_ACK = 11; // answers with an explanation, since Linux 4.12
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_TRUNC = 0x20; // tells the whole length, also of what did not fit
    /** struct sockaddr_nl: family 2, padding 2, port 4, groups 4. */
    private static final int ADDRESS_BYTES = 12;
    /** The kernel puts at most this much into one part of a list (af_netlink.c, netlink_dump). */
    private static final int BUFFER_BYTES = 32768;
    /** The kernel answers before send(2) returns; only a list is made later, while it is read. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    /** A list that changes each time it is read: another process makes links without end. */
    private static final int DUMP_ATTEMPTS = 100;

    private final SharedFd shared;
    private final int port;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int sequence;

    /** @param port the number by which the kernel knows the socket */
    NetlinkSocket(Fd fd, int port) {
        this.shared = new SharedFd(fd);
        this.port = port;
    }

    /** @param groups bits of the multicast groups to hear, the first group the lowest bit; 0 for requests only */
    static NetlinkSocket open(int groups) throws IOException {
        int number = Errno.check(Libc.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE), "socket", "rtnetlink");
        Fd fd = new Fd(number, "rtnetlink");
        try {
            option(fd, NETLINK_CAP_ACK);
            option(fd, NETLINK_EXT_ACK);
            if (groups != 0) {
                Errno.check(Libc.bind(number, address(groups), ADDRESS_BYTES), "bind", "rtnetlink");
            }
            // Connected to the kernel, so that no other process can send anything to this socket; gets a port, too.
            Errno.check(Libc.connect(number, address(0), ADDRESS_BYTES), "connect", "rtnetlink");
            byte[] own = new byte[ADDRESS_BYTES];
            Errno.check(Libc.getsockname(number, own, new int[] {ADDRESS_BYTES}), "getsockname", "rtnetlink");
            return new NetlinkSocket(
                    fd, ByteBuffer.wrap(own).order(ByteOrder.nativeOrder()).getInt(4));
        } catch (IOException e) {
            fd.close();
            throw e;
        }
    }

    private static void option(Fd fd, int option) throws ErrnoException {
        byte[] one = new byte[Integer.BYTES];
        ByteBuffer.wrap(one).order(ByteOrder.nativeOrder()).putInt(1);
        Errno.check(Libc.setsockopt(fd.number(), SOL_NETLINK, option, one, one.length), "setsockopt", "rtnetlink");
    }

    private static byte[] address(int groups) {
        return ByteBuffer.allocate(ADDRESS_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_NETLINK)
                .putInt(8, groups)
                .array();
    }

    /**
     * Sends a request and waits for its answer. A list that changed meanwhile is read again.
     *
     * @param subject the object of the request, for messages
     * @return objects of the answer; none for a request that is only acknowledged
     * @throws ErrnoException if the kernel refuses; EAGAIN if the list changed each time
     */
    synchronized List<NetlinkMessage> exchange(RequestWriter request, String subject) throws IOException {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            sequence++;
            byte[] bytes = request.finish(sequence, port);
            List<NetlinkMessage> answer = shared.use(fd -> {
                send(fd, bytes, subject);
                return new Answer(request, subject).receive(fd);
            });
            if (answer != null) {
                return answer;
            }
        }
        throw new ErrnoException(Errno.EAGAIN, call(request.type()), subject, "the list changes too often");
    }

    private static void send(int fd, byte[] bytes, String subject) throws ErrnoException {
        long sent;
        do {
            sent = Libc.send(fd, bytes, bytes.length, 0);
        } while (sent < 0 && Errno.last() == Errno.EINTR);
        Errno.check(sent, "send to rtnetlink", subject);
    }

    /** The answer to one request. */
    private final class Answer {
        private final RequestWriter request;
        private final String subject;
        private final List<NetlinkMessage> objects = new ArrayList<>();
        private final long deadline = System.nanoTime() + ANSWER_LIMIT.toNanos();
        private boolean interrupted;
        private boolean complete;

        Answer(RequestWriter request, String subject) {
            this.request = request;
            this.subject = subject;
        }

        /** Null if the list changed while it was read. */
        List<NetlinkMessage> receive(int fd) throws IOException {
            while (!complete) {
                long left = deadline - System.nanoTime();
                List<NetlinkMessage> messages = NetlinkSocket.this.receive(fd, Duration.ofNanos(Math.max(0, left)));
                if (messages.isEmpty()) {
                    throw new ErrnoException(Errno.ETIMEDOUT, call(request.type()), subject);
                }
                for (NetlinkMessage message : messages) {
                    // What is left of a request that failed in the middle belongs to nobody.
                    if (message.sequence() == sequence && message.port() == port && !complete) {
                        take(message);
                    }
                }
            }
            return interrupted ? null : objects;
        }

        private void take(NetlinkMessage message) throws IOException {
            interrupted |= request.isDump() && (message.flags() & NetlinkMessage.DUMP_INTERRUPTED) != 0;
            switch (message.type()) {
                case NetlinkMessage.NOOP -> {}
                case NetlinkMessage.OVERRUN -> throw new ErrnoException(Errno.ENOBUFS, call(request.type()), subject);
                case NetlinkMessage.ERROR, NetlinkMessage.DONE -> {
                    if (message.errno() != 0) {
                        throw new ErrnoException(message.errno(), call(request.type()), subject, message.explanation());
                    }
                    complete = true;
                }
                default -> {
                    objects.add(message);
                    complete = !request.isDump() && !request.isAcknowledged();
                }
            }
        }
    }

    /**
     * Waits for events.
     *
     * @return empty if the time ran out
     * @throws ErrnoException ENOBUFS if the reader was too slow and the kernel threw some away
     */
    List<NetlinkMessage> receive(Duration limit) throws IOException {
        return shared.use(fd -> receive(fd, limit));
    }

    /** One datagram; no messages if the time ran out. */
    private List<NetlinkMessage> receive(int fd, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long count = Libc.recv(fd, buffer, buffer.length, MSG_DONTWAIT | MSG_TRUNC);
            if (count > buffer.length) {
                throw new ProtocolException("datagram: %d bytes (expected: 0..%d)".formatted(count, buffer.length));
            }
            if (count >= 0) {
                return NetlinkMessage.read(buffer, (int) count);
            }
            int errno = Errno.last();
            if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
                throw new ErrnoException(errno, "recv", "rtnetlink");
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 && errno == Errno.EAGAIN) {
                return List.of();
            }
            Poll.await(fd, Poll.POLLIN, Duration.ofNanos(Math.max(0, left)));
        }
    }

    private static String call(int type) {
        return switch (type) {
            case LinkCodec.NEW -> "RTM_NEWLINK";
            case LinkCodec.DELETE -> "RTM_DELLINK";
            case LinkCodec.GET -> "RTM_GETLINK";
            case AddressCodec.NEW -> "RTM_NEWADDR";
            case AddressCodec.DELETE -> "RTM_DELADDR";
            case AddressCodec.GET -> "RTM_GETADDR";
            case RouteCodec.NEW -> "RTM_NEWROUTE";
            case RouteCodec.DELETE -> "RTM_DELROUTE";
            case RouteCodec.GET -> "RTM_GETROUTE";
            case NeighbourCodec.NEW -> "RTM_NEWNEIGH";
            case NeighbourCodec.DELETE -> "RTM_DELNEIGH";
            case NeighbourCodec.GET -> "RTM_GETNEIGH";
            default -> "rtnetlink request " + type;
        };
    }

    /** A thread that waits for events leaves when its time has run out. */
    @Override
    public void close() {
        shared.close(fd -> {});
    }
}

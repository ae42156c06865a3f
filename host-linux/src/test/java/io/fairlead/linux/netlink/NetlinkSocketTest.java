package io.fairlead.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules for answers, on a socket whose other end the test holds in place of the kernel. */
class NetlinkSocketTest {
    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET_CLOEXEC = 5 | 0x80000;
    private static final int PORT = 77;
    private static final int INTERRUPTED = NetlinkMessage.MULTI | NetlinkMessage.DUMP_INTERRUPTED;
    /** How often a list is read before it is given up. */
    private static final int ATTEMPTS = 100;

    private static final class SocketPair {
        static {
            Native.register(SocketPair.class, NativeLibrary.getProcess());
        }

        static native int socketpair(int family, int type, int protocol, int[] fds);
    }

    private NetlinkSocket socket;
    private Fd kernel;

    @BeforeEach
    void connect() throws ErrnoException {
        int[] fds = new int[2];
        Errno.check(SocketPair.socketpair(AF_UNIX, SOCK_SEQPACKET_CLOEXEC, 0, fds), "socketpair", "test");
        socket = new NetlinkSocket(new Fd(fds[0], "rtnetlink"), PORT);
        kernel = new Fd(fds[1], "kernel");
    }

    @AfterEach
    void disconnect() {
        socket.close();
        kernel.close();
    }

    private static byte[] link(String name, int flags, int sequence, int port) {
        RequestWriter link = new RequestWriter(LinkCodec.NEW, flags);
        link.u32(0).u32(1).u32(0).u32(0).text(3, name);
        return link.finish(sequence, port);
    }

    private static byte[] done(int sequence) {
        return new RequestWriter(NetlinkMessage.DONE, NetlinkMessage.MULTI)
                .u32(0)
                .finish(sequence, PORT);
    }

    private static byte[] refusal(int errno, int sequence, int port) {
        return new RequestWriter(NetlinkMessage.ERROR, NetlinkMessage.CAPPED | NetlinkMessage.EXTENDED)
                .u32(-errno)
                .u32(NetlinkMessage.HEAD_BYTES)
                .u32(0)
                .u32(0)
                .u32(0)
                .text(1, "because")
                .finish(sequence, port);
    }

    private void datagram(byte[]... messages) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.write(message);
        }
        kernel.write(all.toByteArray());
    }

    private List<String> list() throws IOException {
        List<String> names = new java.util.ArrayList<>();
        for (NetlinkMessage message : socket.exchange(LinkCodec.list(), "all links")) {
            names.add(LinkCodec.read(message).name());
        }
        return names;
    }

    @Test
    void exchange_whenAListComesInParts_putsThemTogether() throws IOException {
        datagram(link("a", NetlinkMessage.MULTI, 1, PORT), link("b", NetlinkMessage.MULTI, 1, PORT));
        datagram(link("c", NetlinkMessage.MULTI, 1, PORT));
        datagram(done(1));
        assertEquals(List.of("a", "b", "c"), list());
    }

    @Test
    void exchange_whenAListChangedMeanwhile_readsItAgain() throws IOException {
        datagram(link("half", NetlinkMessage.MULTI, 1, PORT), link("other", INTERRUPTED, 1, PORT));
        datagram(done(1));
        datagram(link("whole", NetlinkMessage.MULTI, 2, PORT));
        datagram(done(2));
        assertEquals(List.of("whole"), list());
    }

    @Test
    void exchange_whenAListChangesEachTime_givesUp() throws IOException {
        for (int sequence = 1; sequence <= ATTEMPTS; sequence++) {
            datagram(link("half", INTERRUPTED, sequence, PORT), done(sequence));
        }
        ErrnoException failure = assertThrows(ErrnoException.class, this::list);
        assertEquals(Errno.EAGAIN, failure.errno());
        assertEquals("RTM_GETLINK", failure.call());
    }

    @Test
    void exchange_whenMessagesAreOfAnotherRequestOrSocket_passesThemOver() throws IOException {
        datagram(refusal(Errno.EPERM, 7, PORT), refusal(Errno.EPERM, 1, PORT + 1));
        datagram(link("foreign", NetlinkMessage.MULTI, 1, PORT + 1), link("old", NetlinkMessage.MULTI, 0, PORT));
        datagram(link("own", NetlinkMessage.MULTI, 1, PORT), done(0), done(1));
        assertEquals(List.of("own"), list());
    }

    @Test
    void exchange_whenARequestFailsInTheMiddle_theNextOneGetsItsOwnAnswer() throws IOException {
        datagram(link("first", NetlinkMessage.MULTI, 1, PORT));
        datagram(refusal(Errno.EINVAL, 1, PORT), link("rest", NetlinkMessage.MULTI, 1, PORT));
        datagram(done(1));
        datagram(link("second", NetlinkMessage.MULTI, 2, PORT), done(2));
        ErrnoException failure = assertThrows(ErrnoException.class, this::list);
        assertEquals("RTM_GETLINK all links: EINVAL (because)", failure.getMessage());
        assertEquals(List.of("second"), list());
    }

    @Test
    void exchange_whenADatagramIsTooLongOrMalformed_refusesIt() throws IOException {
        kernel.write(new byte[32769]);
        assertThrows(ProtocolException.class, this::list);
        kernel.write(new byte[17]);
        assertThrows(ProtocolException.class, this::list);
    }

    @Test
    void receive_whenNothingComes_waitsForItsTimeAndNoLonger() throws IOException {
        long before = System.nanoTime();
        assertEquals(List.of(), socket.receive(Duration.ofMillis(30)));
        assertEquals(true, System.nanoTime() - before >= 30_000_000L);
    }

    @Test
    void exchange_afterClose_fails() {
        socket.close();
        assertThrows(IOException.class, this::list);
    }
}

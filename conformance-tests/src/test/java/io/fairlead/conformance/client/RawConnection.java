package io.fairlead.conformance.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * libvirt's wire protocol by hand, for things that no proper client does: odd packets, silence, haste. Independent of
 * our own codec on purpose.
 */
public final class RawConnection implements AutoCloseable {
    public static final int REMOTE = 0x20008086;
    public static final int KEEPALIVE = 0x6b656570;
    public static final int CALL = 0;
    public static final int REPLY = 1;
    public static final int MESSAGE = 2;
    private static final int HEADER = 28;

    private final SocketChannel channel;
    private final Selector selector;
    private int serial;

    /** One packet as it came in; {@code status} 1 is an error. */
    public record Packet(
            int program, int version, int procedure, int type, int serial, int status, ByteBuffer payload) {
        /** The code, domain and message of an error. */
        public String error() {
            ByteBuffer in = payload.duplicate();
            int code = in.getInt();
            int domain = in.getInt();
            String message = in.getInt() == 0 ? "" : string(in);
            return "%d/%d %s".formatted(code, domain, message);
        }

        private static String string(ByteBuffer in) {
            byte[] bytes = new byte[in.getInt()];
            in.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private RawConnection(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    public static RawConnection to(Path socket) {
        try {
            return new RawConnection(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        } catch (IOException e) {
            throw new UncheckedIOException("connect to " + socket, e);
        }
    }

    /** Opens the libvirt connection on it, as the first calls of every client do. */
    public RawConnection open() {
        call(66);
        byte[] name = "lxc:///system".getBytes(StandardCharsets.UTF_8);
        ByteBuffer arguments = ByteBuffer.allocate(4 + 4 + 16 + 4);
        arguments.putInt(1).putInt(name.length).put(name).position(4 + 4 + 16);
        arguments.putInt(0).flip();
        Packet reply = call(1, arguments);
        if (reply.status() != 0) {
            throw new AssertionError("open: " + reply.error());
        }
        return this;
    }

    public Packet call(int procedure) {
        return call(procedure, ByteBuffer.allocate(0));
    }

    public Packet call(int procedure, ByteBuffer arguments) {
        return call(REMOTE, 1, procedure, arguments);
    }

    public Packet call(int program, int version, int procedure, ByteBuffer arguments) {
        int mine = serial++;
        send(program, version, procedure, CALL, mine, arguments);
        while (true) {
            Packet packet = receive(Duration.ofSeconds(15));
            if (packet == null) {
                throw new AssertionError("connection closed instead of a reply to procedure " + procedure);
            }
            if (packet.type() == REPLY && packet.serial() == mine) {
                return packet;
            }
        }
    }

    public void send(int program, int version, int procedure, int type, int number, ByteBuffer payload) {
        ByteBuffer packet = ByteBuffer.allocate(HEADER + payload.remaining());
        packet.putInt(HEADER + payload.remaining())
                .putInt(program)
                .putInt(version)
                .putInt(procedure)
                .putInt(type);
        packet.putInt(number).putInt(0).put(payload.duplicate()).flip();
        sendBytes(packet);
    }

    public void sendBytes(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                if (channel.write(bytes) == 0) {
                    Eventually.sleep(Duration.ofMillis(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("send", e);
        }
    }

    /** The next packet, or null when the daemon closed the connection. */
    public Packet receive(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        ByteBuffer length = read(4, end);
        if (length == null) {
            return null;
        }
        ByteBuffer rest = read(length.getInt() - 4, end);
        if (rest == null) {
            return null;
        }
        return new Packet(
                rest.getInt(), rest.getInt(), rest.getInt(), rest.getInt(), rest.getInt(), rest.getInt(), rest.slice());
    }

    /** Whether the daemon hangs up within the time; packets that come before are passed over. */
    public boolean isHungUpWithin(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (receive(Duration.ofNanos(Math.max(1, end - System.nanoTime()))) == null) {
                    return true;
                }
            } catch (AssertionError e) {
                return false;
            }
        }
        return false;
    }

    private ByteBuffer read(int count, long end) {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        try {
            while (buffer.hasRemaining()) {
                int got = channel.read(buffer);
                if (got < 0) {
                    return null;
                }
                if (got == 0) {
                    long left = (end - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        throw new AssertionError("silence: %d of %d bytes".formatted(buffer.position(), count));
                    }
                    selector.select(left);
                    selector.selectedKeys().clear();
                }
            }
        } catch (IOException e) {
            // A reset is a hang-up, too.
            return null;
        }
        return buffer.flip();
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.fairlead.benchmarks;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One connection that makes the smallest call again and again, with almost no client code. */
final class RawCaller implements AutoCloseable {
    private static final int REMOTE_PROGRAM = 0x20008086;
    private static final int AUTH_LIST = 66;
    private static final int CONNECT_OPEN = 1;
    private static final int GET_LIB_VERSION = 157;
    private static final int HEADER = 28;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(4096);
    private int serial;

    RawCaller(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        call(AUTH_LIST, ByteBuffer.allocate(0));
        byte[] name = "lxc:///system".getBytes(StandardCharsets.UTF_8);
        call(
                CONNECT_OPEN,
                ByteBuffer.allocate(28)
                        .putInt(1)
                        .putInt(name.length)
                        .put(name)
                        .position(24)
                        .putInt(0)
                        .flip());
    }

    void callVersion() throws IOException {
        call(GET_LIB_VERSION, ByteBuffer.allocate(0));
    }

    private void call(int procedure, ByteBuffer arguments) throws IOException {
        int length = HEADER + arguments.remaining();
        ByteBuffer packet = ByteBuffer.allocate(length);
        packet.putInt(length)
                .putInt(REMOTE_PROGRAM)
                .putInt(1)
                .putInt(procedure)
                .putInt(0)
                .putInt(serial++)
                .putInt(0);
        packet.put(arguments).flip();
        while (packet.hasRemaining()) {
            channel.write(packet);
        }
        in.clear();
        while (in.position() < HEADER || in.position() < in.getInt(0)) {
            if (channel.read(in) < 0) {
                throw new IOException("the daemon hung up");
            }
        }
        if (in.getInt(24) != 0) {
            throw new IOException("procedure " + procedure + " was refused");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

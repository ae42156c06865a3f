package io.fairlead.libvirt;

import io.fairlead.rpc.protocol.Connections;
import io.fairlead.rpc.protocol.Connections.ConnectOpenArgs;
import io.fairlead.rpc.protocol.Message;
import io.fairlead.rpc.protocol.ProcedureId;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import io.fairlead.rpc.xdr.XdrCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A libvirt client in blocking style, one call at a time. A thread sorts incoming messages into replies, events and
 * streams.
 */
final class TestClient implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;

    record Packet(MessageHeader header, ByteBuf payload) {
        byte[] bytes() {
            byte[] bytes = new byte[payload.readableBytes()];
            payload.getBytes(payload.readerIndex(), bytes);
            return bytes;
        }
    }

    private final SocketChannel channel;
    private final BlockingQueue<Packet> replies = new LinkedBlockingQueue<>();
    private final BlockingQueue<Packet> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Packet> stream = new LinkedBlockingQueue<>();
    private final Thread reader = new Thread(this::readAll, "test-client");
    private final Semaphore mayRead = new Semaphore(1);
    private int serial;
    private volatile boolean ended;

    private TestClient(SocketChannel channel) {
        this.channel = channel;
        reader.setDaemon(true);
        reader.start();
    }

    /** Connects without opening. */
    static TestClient connect(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new TestClient(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestClient open(Path socket) {
        TestClient client = connect(socket);
        client.call(Connections.CONNECT_OPEN, new ConnectOpenArgs("lxc:///system", 0));
        return client;
    }

    /** Calls and waits for the reply; an error reply is thrown. */
    <A, R> R call(Signature<A, R> signature, A args) {
        Packet reply = callRaw(signature, args);
        if (reply.header().status() == MessageStatus.ERROR) {
            throw new RpcException(error(reply));
        }
        return XdrCodec.of(signature.reply()).read(reply.payload());
    }

    <A> Packet callRaw(Signature<A, ?> signature, A args) {
        send(signature, args);
        Packet reply = next(replies);
        if (reply.header().serial() != serial) {
            throw new AssertionError(
                    "reply to %d (expected: %d)".formatted(reply.header().serial(), serial));
        }
        return reply;
    }

    static RpcError error(Packet reply) {
        return XdrCodec.of(RpcError.class).read(reply.payload());
    }

    /** The error of a call that must fail. */
    <A> RpcError error(Signature<A, ?> signature, A args) {
        try {
            Object reply = call(signature, args);
            throw new AssertionError("%s answered %s".formatted(signature.id().name(), reply));
        } catch (RpcException e) {
            return e.error();
        }
    }

    private <A> void send(Signature<A, ?> signature, A args) {
        serial++;
        ByteBuf packet = Unpooled.buffer();
        header(signature.id(), MessageType.CALL, MessageStatus.OK).begin(packet);
        XdrCodec.of(signature.args()).write(packet, args);
        write(packet);
    }

    private MessageHeader header(ProcedureId id, int type, int status) {
        return new MessageHeader(0, id.program(), 1, id.number(), type, serial, status);
    }

    /** Sends a packet of the stream that the last call opened. */
    void sendStream(ProcedureId id, int status, byte[] data) {
        ByteBuf packet = Unpooled.buffer();
        header(id, MessageType.STREAM, status).begin(packet);
        packet.writeBytes(data);
        write(packet);
    }

    private void write(ByteBuf packet) {
        MessageHeader.finish(packet);
        ByteBuffer bytes = packet.nioBuffer();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Packet nextStream() {
        return next(stream);
    }

    <M> M nextEvent(Message<M> message) {
        Packet packet = next(events);
        if (packet.header().procedure() != message.id().number()) {
            throw new AssertionError("message %d (expected: %d)"
                    .formatted(packet.header().procedure(), message.id().number()));
        }
        return XdrCodec.of(message.body()).read(packet.payload());
    }

    /** All events so far were delivered, in order, before this reply: events and replies share the connection. */
    boolean hasEvent() {
        return !events.isEmpty();
    }

    boolean isDropped() throws InterruptedException {
        reader.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        return ended;
    }

    boolean isAlive() {
        return !ended;
    }

    private static Packet next(BlockingQueue<Packet> queue) {
        try {
            Packet packet = queue.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (packet == null) {
                throw new AssertionError("nothing arrived for %d s".formatted(WAIT_SECONDS));
            }
            return packet;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void readAll() {
        try {
            while (true) {
                mayRead.acquire();
                mayRead.release();
                Packet packet = read();
                switch (packet.header().type()) {
                    case MessageType.MESSAGE -> events.add(packet);
                    case MessageType.STREAM -> stream.add(packet);
                    default -> replies.add(packet);
                }
            }
        } catch (IOException | InterruptedException e) {
            ended = true;
        }
    }

    /** Reads nothing more from the socket, after at most one packet. */
    void pauseReading() throws InterruptedException {
        mayRead.acquire();
    }

    void resumeReading() {
        mayRead.release();
    }

    private Packet read() throws IOException {
        ByteBuf head = read(MessageHeader.BYTES);
        MessageHeader header = MessageHeader.read(head);
        ByteBuf payload = read(header.length() - MessageHeader.BYTES);
        if (header.type() == MessageType.REPLY_WITH_FDS) {
            read(payload.getInt(payload.readerIndex())); // one byte for each descriptor, which Java cannot take
        }
        return new Packet(header, payload);
    }

    private ByteBuf read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("connection ended");
            }
        }
        return Unpooled.wrappedBuffer(bytes.flip());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

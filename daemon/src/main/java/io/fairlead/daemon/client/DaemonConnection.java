package io.fairlead.daemon.client;

import io.fairlead.rpc.protocol.AuthenticationCalls;
import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectOpenArgs;
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
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client's connection to a daemon. One thread reads; any thread may send. Every packet that is read belongs to the
 * call or the stream that the reader waits for, or answers a call that another thread sent.
 */
public final class DaemonConnection implements AutoCloseable {
    /** The version of every program so far. */
    private static final int VERSION = 1;

    private final SocketChannel channel;
    private final AtomicInteger serials = new AtomicInteger();

    /** A packet from the daemon. */
    public record Answer(MessageHeader header, ByteBuf payload) {
        /** @throws RpcException if it is an error */
        <R> R as(Class<R> type) {
            if (header.status() == MessageStatus.ERROR) {
                throw new RpcException(XdrCodec.of(RpcError.class).read(payload));
            }
            return XdrCodec.of(type).read(payload);
        }
    }

    private DaemonConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects, and opens the connection as libvirt's own library does. */
    public static DaemonConnection open(Path socket) throws IOException {
        DaemonConnection connection = new DaemonConnection(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        try {
            connection.call(AuthenticationCalls.AUTH_LIST, null);
            connection.call(ConnectionCalls.CONNECT_OPEN, new ConnectOpenArgs("lxc:///system", 0));
            return connection;
        } catch (IOException | RuntimeException e) {
            connection.channel.close();
            throw e;
        }
    }

    /**
     * Sends a call and reads its answer. For the reading thread, and not while a stream is open.
     *
     * @throws RpcException the error that the call was answered with
     */
    public <A, R> R call(Signature<A, R> signature, A args) throws IOException {
        send(signature, args);
        return read().as(signature.reply());
    }

    /**
     * As {@link #call}, while a stream is open. Packets of the stream that come first are dropped.
     *
     * @throws RpcException the error that the call was answered with
     */
    <A, R> R callAside(Signature<A, R> signature, A args) throws IOException {
        int serial = send(signature, args);
        while (true) {
            Answer answer = read();
            if (answer.header().serial() == serial) {
                return answer.as(signature.reply());
            }
        }
    }

    /** Sends a call whose answer is read later. @return its serial number */
    <A> int send(Signature<A, ?> signature, A args) throws IOException {
        int serial = serials.getAndIncrement();
        ByteBuf packet = begin(signature.id(), MessageType.CALL, serial, MessageStatus.OK);
        XdrCodec.of(signature.args()).write(packet, args);
        send(packet);
        return serial;
    }

    /** Sends data of a call's stream. */
    void sendData(ProcedureId procedure, int serial, ByteBuffer data) throws IOException {
        ByteBuf packet = begin(procedure, MessageType.STREAM, serial, MessageStatus.CONTINUE);
        packet.writeBytes(data);
        send(packet);
    }

    /** Says that this side is done with a call's stream; the daemon answers with an empty packet. */
    void finish(ProcedureId procedure, int serial) throws IOException {
        send(begin(procedure, MessageType.STREAM, serial, MessageStatus.OK));
    }

    private static ByteBuf begin(ProcedureId procedure, int type, int serial, int status) {
        ByteBuf packet = Unpooled.buffer();
        new MessageHeader(0, procedure.program(), VERSION, procedure.number(), type, serial, status).begin(packet);
        return packet;
    }

    private synchronized void send(ByteBuf packet) throws IOException {
        MessageHeader.finish(packet);
        ByteBuffer bytes = packet.nioBuffer();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** @throws EOFException if the daemon has closed the connection */
    Answer read() throws IOException {
        MessageHeader header = MessageHeader.read(read(MessageHeader.BYTES));
        return new Answer(header, read(header.length() - MessageHeader.BYTES));
    }

    private ByteBuf read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the daemon has closed the connection");
            }
        }
        return Unpooled.wrappedBuffer(bytes.flip());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

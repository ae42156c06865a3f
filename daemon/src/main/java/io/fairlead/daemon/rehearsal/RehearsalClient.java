package io.fairlead.daemon.rehearsal;

import io.fairlead.rpc.protocol.AuthenticationCalls;
import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectOpenArgs;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectSupportsFeatureArgs;
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

/** A libvirt client with one connection that makes one call after another, in the order of libvirt's own library. */
final class RehearsalClient implements AutoCloseable {
    private static final int VERSION = 1;
    /** VIR_DRV_FEATURE_REMOTE_EVENT_CALLBACK and _REMOTE_CLOSE_CALLBACK, which the library asks about when it opens. */
    private static final int[] ASKED_FEATURES = {14, 15};

    private final SocketChannel channel;
    private int serial;

    private RehearsalClient(SocketChannel channel) {
        this.channel = channel;
    }

    static RehearsalClient open(Path socket) throws IOException {
        RehearsalClient client = new RehearsalClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        try {
            client.call(AuthenticationCalls.AUTH_LIST, null);
            client.call(ConnectionCalls.CONNECT_OPEN, new ConnectOpenArgs("lxc:///system", 0));
            for (int feature : ASKED_FEATURES) {
                client.call(ConnectionCalls.CONNECT_SUPPORTS_FEATURE, new ConnectSupportsFeatureArgs(feature));
            }
            return client;
        } catch (IOException | RuntimeException e) {
            client.channel.close();
            throw e;
        }
    }

    /** @throws RpcException the error that the call was answered with */
    <A, R> R call(Signature<A, R> signature, A args) throws IOException {
        send(signature, args);
        ByteBuf head = read(MessageHeader.BYTES);
        MessageHeader header = MessageHeader.read(head);
        ByteBuf payload = read(header.length() - MessageHeader.BYTES);
        if (header.status() == MessageStatus.ERROR) {
            throw new RpcException(XdrCodec.of(RpcError.class).read(payload));
        }
        return XdrCodec.of(signature.reply()).read(payload);
    }

    private <A> void send(Signature<A, ?> signature, A args) throws IOException {
        ByteBuf packet = Unpooled.buffer();
        new MessageHeader(
                        0,
                        signature.id().program(),
                        VERSION,
                        signature.id().number(),
                        MessageType.CALL,
                        serial++,
                        MessageStatus.OK)
                .begin(packet);
        XdrCodec.of(signature.args()).write(packet, args);
        MessageHeader.finish(packet);
        ByteBuffer bytes = packet.nioBuffer();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private ByteBuf read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the rehearsal's server hung up");
            }
        }
        return Unpooled.wrappedBuffer(bytes.flip());
    }

    @Override
    public void close() throws IOException {
        call(ConnectionCalls.CONNECT_CLOSE, null);
        channel.close();
    }
}

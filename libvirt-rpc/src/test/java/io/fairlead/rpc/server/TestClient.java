package io.fairlead.rpc.server;

import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.wire.Budget;
import io.fairlead.rpc.wire.FrameDecoder;
import io.fairlead.rpc.wire.FrameDecoder.Descriptors;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.PassedFd;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import io.fairlead.rpc.wire.StreamHole;
import io.fairlead.rpc.xdr.XdrCodec;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A client that sends exactly the bytes of a test, and hands over every packet it gets. */
final class TestClient implements AutoCloseable {
    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("test-client", true), EpollIoHandler.newFactory());
    private static final int WAIT_SECONDS = 10;
    private static final int CONNECT_TRIES = 200;

    private final Channel channel;
    private final BlockingQueue<Packet> packets;
    private int serial;

    private TestClient(Channel channel, BlockingQueue<Packet> packets) {
        this.channel = channel;
        this.packets = packets;
    }

    static TestClient connect(Path socket) {
        BlockingQueue<Packet> packets = new LinkedBlockingQueue<>();
        Bootstrap bootstrap = new Bootstrap()
                .group(LOOPS)
                .channel(EpollDomainSocketChannel.class)
                .handler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel unix) {
                        FrameDecoder decoder =
                                new FrameDecoder(Descriptors.RECEIVED, new Budget(1L << 30), fds -> unix.config()
                                        .setReadMode(
                                                fds
                                                        ? DomainSocketReadMode.FILE_DESCRIPTORS
                                                        : DomainSocketReadMode.BYTES));
                        unix.config().setRecvByteBufAllocator(new ExactReads(decoder));
                        unix.pipeline().addLast(decoder, new Collector(packets));
                    }
                });
        return new TestClient(connect(bootstrap, new DomainSocketAddress(socket.toString())), packets);
    }

    /** Tries again while the backlog is full, where a blocking client would wait. */
    private static Channel connect(Bootstrap bootstrap, DomainSocketAddress address) {
        for (int i = 0; ; i++) {
            ChannelFuture connected = bootstrap.connect(address).awaitUninterruptibly();
            if (connected.isSuccess()) {
                return connected.channel();
            }
            if (i == CONNECT_TRIES) {
                throw new AssertionError("cannot connect to " + address, connected.cause());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    Channel channel() {
        return channel;
    }

    /** Calls and waits; an error reply is thrown. Other packets that come first are dropped. */
    <A, R> R call(Signature<A, R> signature, A args) throws InterruptedException {
        int mine = start(signature, args);
        while (true) {
            try (Packet packet = next()) {
                if (packet.header().serial() == mine && packet.header().type() != MessageType.MESSAGE) {
                    requireOk(packet);
                    return XdrCodec.of(signature.reply()).read(packet.payload());
                }
            }
        }
    }

    static void requireOk(Packet packet) {
        if (packet.header().status() == MessageStatus.ERROR) {
            throw new RpcException(XdrCodec.of(RpcError.class).read(packet.payload()));
        }
    }

    /** Sends a call and returns its serial. */
    <A> int start(Signature<A, ?> signature, A args) {
        return send(signature, MessageType.CALL, -1, args);
    }

    <A> int startWithFds(Signature<A, ?> signature, A args, List<PassedFd> fds) {
        int mine = send(signature, MessageType.CALL_WITH_FDS, fds.size(), args);
        for (PassedFd fd : fds) {
            channel.writeAndFlush(fd.descriptor()).syncUninterruptibly();
        }
        return mine;
    }

    private <A> int send(Signature<A, ?> signature, int type, int fds, A args) {
        int mine = serial++;
        MessageHeader header = new MessageHeader(
                0, signature.id().program(), 1, signature.id().number(), type, mine, MessageStatus.OK);
        write(new Packets(channel.alloc()).withFds(header, fds, signature.args(), args));
        return mine;
    }

    void stream(Signature<?, ?> signature, int ofSerial, int status, byte[] data) {
        ByteBuf packet = channel.alloc().buffer();
        new MessageHeader(0, signature.id().program(), 1, signature.id().number(), MessageType.STREAM, ofSerial, status)
                .begin(packet);
        packet.writeBytes(data);
        MessageHeader.finish(packet);
        write(packet);
    }

    void hole(Signature<?, ?> signature, int ofSerial, long length) {
        MessageHeader header = new MessageHeader(
                0,
                signature.id().program(),
                1,
                signature.id().number(),
                MessageType.STREAM_HOLE,
                ofSerial,
                MessageStatus.CONTINUE);
        write(new Packets(channel.alloc()).of(header, StreamHole.class, new StreamHole(length, 0)));
    }

    void write(ByteBuf bytes) {
        channel.writeAndFlush(bytes);
    }

    void write(byte[] bytes) {
        write(Unpooled.wrappedBuffer(bytes));
    }

    Packet next() throws InterruptedException {
        Packet packet = packets.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (packet == null) {
            throw new AssertionError(
                    "no packet for %d s; connection open: %s".formatted(WAIT_SECONDS, channel.isOpen()));
        }
        return packet;
    }

    boolean nothingFor(long millis) throws InterruptedException {
        return packets.poll(millis, TimeUnit.MILLISECONDS) == null;
    }

    void readNothing() {
        channel.config().setAutoRead(false);
    }

    void readOn() {
        channel.config().setAutoRead(true);
    }

    /** Whether the server closes the connection soon. */
    boolean isDropped() {
        return channel.closeFuture().awaitUninterruptibly(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        packets.forEach(Packet::close);
    }

    private static final class Collector extends SimpleChannelInboundHandler<Packet> {
        private final BlockingQueue<Packet> packets;

        Collector(BlockingQueue<Packet> packets) {
            super(false);
            this.packets = packets;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Packet packet) {
            packets.add(packet);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // the test sees the connection end
        }
    }
}

package io.fairlead.rpc.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves programs to libvirt clients, on any number of sockets. */
public final class RpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);
    private static final int LOOPS = 2;
    private static final int READ_ONLY_LOOPS = 1;
    private static final int BACKLOG = 1024;
    private static final long QUIET_MILLIS = 0;
    private static final long LOOP_CLOSE_SECONDS = 5;

    private final ServerContext context;
    private final ConnectionFactory factory;
    private final Runnable readersFirst;
    /** Each kind of socket has loops of its own, so that no flood of one takes time from another. */
    private final Map<Quotas.Kind, EventLoopGroup> loops = new EnumMap<>(Quotas.Kind.class);

    private final List<Channel> listeners = new ArrayList<>();
    private final List<SocketFile> socketFiles = new ArrayList<>();
    private boolean closed;

    private RpcServer(ServerContext context, Runnable readersFirst) {
        this.context = context;
        this.readersFirst = readersFirst;
        this.factory = new ConnectionFactory(context, ownUser());
    }

    private static int ownUser() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find out which user this process runs as", e);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Serves a unix socket. The file appears with its mode; a stale one is replaced.
     *
     * @throws IOException when another process serves that socket, or the file cannot be made
     */
    public synchronized void listen(UnixEndpoint endpoint) throws IOException {
        Path temporary = SocketFile.temporary(endpoint.path());
        DomainSocketAddress address = new DomainSocketAddress(temporary.toString());
        Quotas.Kind kind = endpoint.readOnly() ? Quotas.Kind.READER : Quotas.Kind.WRITER;
        Channel channel = bind(kind, EpollServerDomainSocketChannel.class, factory.unix(endpoint), address);
        try {
            socketFiles.add(SocketFile.publish(temporary, endpoint));
            listeners.add(channel);
        } catch (IOException e) {
            channel.close().awaitUninterruptibly();
            throw e;
        } finally {
            Files.deleteIfExists(temporary);
        }
        LOG.info("listening on {}{}", endpoint.path(), endpoint.readOnly() ? ", read-only" : "");
    }

    /**
     * Serves TLS on a TCP port; port 0 lets the kernel choose.
     *
     * @return the address in use
     */
    public synchronized InetSocketAddress listen(InetSocketAddress address, TlsSettings tls) throws IOException {
        ChannelHandler handler = factory.tls(TlsContext.of(tls), tls);
        Channel channel = bind(Quotas.Kind.REMOTE, EpollServerSocketChannel.class, handler, address);
        listeners.add(channel);
        LOG.info("listening on {} with TLS", channel.localAddress());
        return (InetSocketAddress) channel.localAddress();
    }

    private Channel bind(
            Quotas.Kind kind, Class<? extends ServerChannel> type, ChannelHandler child, SocketAddress address)
            throws IOException {
        if (closed) {
            throw new IllegalStateException("the server is closed");
        }
        ChannelFuture bound = new ServerBootstrap()
                .group(loops(kind))
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                // Netty's own choice clears each large buffer anew: uploads took a sixth longer with it.
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childHandler(child)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on %s: %s".formatted(address, bound.cause().getMessage()), bound.cause());
        }
        return bound.channel();
    }

    private EventLoopGroup loops(Quotas.Kind kind) {
        return loops.computeIfAbsent(kind, key -> {
            boolean reader = kind == Quotas.Kind.READER;
            return new MultiThreadIoEventLoopGroup(
                    reader ? READ_ONLY_LOOPS : LOOPS,
                    reader
                            ? ServerThreads.beginning(readersFirst, ServerThreads.loops("rpc-reader-loop"))
                            : ServerThreads.loops("rpc-loop"),
                    EpollIoHandler.newFactory());
        });
    }

    public ServerCounters counters() {
        return context.counters();
    }

    /**
     * Stops listening, closes every connection and lets calls that run finish. Blocks for that, some seconds at most.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (SocketFile file : socketFiles) {
            try {
                file.remove();
            } catch (IOException e) {
                LOG.warn("cannot remove a socket file", e);
            }
        }
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        List<Channel> open = List.copyOf(factory.channels());
        open.forEach(Channel::close);
        open.forEach(channel -> channel.closeFuture().awaitUninterruptibly());
        try {
            context.quotas().workers().shutDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loops.values().stream()
                .map(group -> group.shutdownGracefully(QUIET_MILLIS, LOOP_CLOSE_SECONDS * 1000, TimeUnit.MILLISECONDS))
                .toList()
                .forEach(Future::awaitUninterruptibly);
    }

    /** Collects the programs, sockets and settings of a server. */
    public static final class Builder {
        private final Map<Integer, Program> programs = new HashMap<>();
        private ServerSettings settings = ServerSettings.defaults();
        private ErrorMapper errors = failure -> null;
        private Runnable readersFirst = () -> {};

        private Builder() {}

        public Builder program(Program program) {
            if (programs.putIfAbsent(program.number(), program) != null) {
                throw new IllegalArgumentException("program 0x%x is given twice".formatted(program.number()));
            }
            return this;
        }

        public Builder errors(ErrorMapper mapper) {
            this.errors = Objects.requireNonNull(mapper, "mapper");
            return this;
        }

        public Builder settings(ServerSettings serverSettings) {
            this.settings = Objects.requireNonNull(serverSettings, "serverSettings");
            return this;
        }

        /**
         * The first action of each thread that works for read-only sockets alone, such as lowering its own priority.
         * Must not throw.
         */
        public Builder readersFirst(Runnable action) {
            this.readersFirst = Objects.requireNonNull(action, "action");
            return this;
        }

        /** A server that listens nowhere yet. */
        public RpcServer build() {
            ThreadFactory readers = ServerThreads.beginning(readersFirst, ServerThreads.workers("rpc-reader"));
            return new RpcServer(ServerContext.of(settings, programs, errors, readers), readersFirst);
        }
    }
}

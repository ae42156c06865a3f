package io.fairlead.rpc.server;

import io.fairlead.rpc.server.Quotas.Kind;
import io.fairlead.rpc.server.Quotas.Seat;
import io.fairlead.rpc.wire.FrameDecoder;
import io.fairlead.rpc.wire.FrameDecoder.Descriptors;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.PeerCredentials;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Turns accepted channels into connections, as many as {@link Quotas} has room for. */
final class ConnectionFactory {
    private static final int ROOT = 0;
    /** The least memory of the JDK's TLS engine and its buffers for one connection; measured. */
    private static final int TLS_BYTES = 65_536;

    private final ServerContext server;
    private final CallDispatcher dispatcher;
    private final int ownUser;
    private final AtomicLong lastId = new AtomicLong();
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

    /** @param ownUser the id of the user that this process runs as */
    ConnectionFactory(ServerContext server, int ownUser) {
        this.server = server;
        this.ownUser = ownUser;
        this.dispatcher = new CallDispatcher(server);
    }

    /** All open channels, those that are still shaking hands included. */
    Set<Channel> channels() {
        return channels;
    }

    ChannelHandler unix(UnixEndpoint endpoint) {
        return new ChannelInitializer<EpollDomainSocketChannel>() {
            @Override
            protected void initChannel(EpollDomainSocketChannel channel) throws IOException {
                PeerCredentials credentials = channel.peerCredentials();
                Seat seat = enter(channel, kind(endpoint, credentials.uid()), credentials.uid());
                if (seat != null) {
                    openUnix(channel, endpoint, credentials, seat);
                }
            }
        };
    }

    private Kind kind(UnixEndpoint endpoint, int user) {
        if (user == ROOT || user == ownUser) {
            return Kind.ROOT;
        }
        return endpoint.readOnly() ? Kind.READER : Kind.WRITER;
    }

    private void openUnix(
            EpollDomainSocketChannel channel, UnixEndpoint endpoint, PeerCredentials credentials, Seat seat) {
        Peer peer = new Peer(
                Peer.Transport.UNIX,
                credentials.pid(),
                credentials.uid(),
                credentials.gids().length == 0 ? -1 : credentials.gids()[0],
                endpoint.path().toString(),
                null);
        // No read-only client may send descriptors, since those would count among the daemon's own.
        Descriptors descriptors = endpoint.readOnly() ? Descriptors.LEFT : Descriptors.RECEIVED;
        FrameDecoder decoder = new FrameDecoder(descriptors, seat.share().bytes(), receive -> channel.config()
                .setReadMode(receive ? DomainSocketReadMode.FILE_DESCRIPTORS : DomainSocketReadMode.BYTES));
        channel.config().setRecvByteBufAllocator(new ExactReads(decoder));
        open(channel, peer, endpoint.readOnly(), decoder, seat);
    }

    ChannelHandler tls(SslContext context, TlsSettings settings) {
        return new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                Seat seat = enter(channel, Kind.REMOTE, channel.remoteAddress().getAddress());
                if (seat != null) {
                    shakeHands(channel, seat, context, settings);
                }
            }
        };
    }

    /** Only few clients may be without a proven identity at once, and fewer still from one host. */
    private void shakeHands(SocketChannel channel, Seat seat, SslContext context, TlsSettings settings) {
        Share share = seat.share();
        boolean first = share.handshakes().take(1);
        if (!first || !share.bytes().take(TLS_BYTES)) {
            if (first) {
                share.handshakes().giveBack(1);
            }
            seat.leave();
            refuse(channel, Kind.REMOTE, channel.remoteAddress().getAddress(), "shake hands");
            return;
        }
        AtomicBoolean shaking = new AtomicBoolean(true);
        channel.closeFuture().addListener(closed -> {
            share.bytes().giveBack(TLS_BYTES);
            if (shaking.compareAndSet(true, false)) { // it has never become a connection, which leaves its seat itself
                share.handshakes().giveBack(1);
                seat.leave();
            }
        });
        SslHandler ssl = context.newHandler(channel.alloc());
        ssl.setHandshakeTimeout(settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        channel.pipeline().addLast(ssl, new TlsGate(settings, share.log(), name -> {
            if (shaking.compareAndSet(true, false)) {
                share.handshakes().giveBack(1);
                openTls(channel, name, seat);
            }
        }));
    }

    private void openTls(Channel channel, String name, Seat seat) {
        Peer peer = new Peer(Peer.Transport.TLS, -1, -1, -1, String.valueOf(channel.remoteAddress()), name);
        FrameDecoder decoder =
                new FrameDecoder(Descriptors.IMPOSSIBLE, seat.share().bytes(), receive -> {
                    throw new IllegalStateException("descriptors cannot come over TLS");
                });
        open(channel, peer, false, decoder, seat);
    }

    /** Returns null for a client beyond a limit; its channel is then closed. */
    private Seat enter(Channel channel, Kind kind, Object user) {
        Seat seat = server.quotas().enter(kind, user);
        if (seat == null) {
            refuse(channel, kind, user, "be connected");
            return null;
        }
        server.counters().connections.incrementAndGet();
        channels.add(channel);
        channel.closeFuture().addListener(closed -> {
            channels.remove(channel);
            server.counters().connections.decrementAndGet();
        });
        return seat;
    }

    private void refuse(Channel channel, Kind kind, Object user, String what) {
        server.counters().refused.incrementAndGet();
        server.quotas()
                .log(kind)
                .warn(
                        "refused a client of {} {}: no more may {} at once (max_clients: {})",
                        kind == Kind.REMOTE ? "host" : "user",
                        user,
                        what,
                        server.settings().maxClients());
        channel.close();
    }

    private void open(Channel channel, Peer peer, boolean readOnly, FrameDecoder decoder, Seat seat) {
        ServerConnection connection =
                new ServerConnection(lastId.incrementAndGet(), channel, peer, readOnly, decoder, server, seat);
        Liveness liveness = new Liveness(connection, channel, decoder, server.settings());
        channel.pipeline().addLast(decoder, new ConnectionHandler(connection, dispatcher, liveness));
    }
}

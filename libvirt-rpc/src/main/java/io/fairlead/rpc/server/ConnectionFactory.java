package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.FrameDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.PeerCredentials;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns accepted channels into connections, as many as are allowed. */
final class ConnectionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFactory.class);

    private final ServerContext server;
    private final CallDispatcher dispatcher;
    private final AtomicLong lastId = new AtomicLong();
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

    ConnectionFactory(ServerContext server) {
        this.server = server;
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
                if (admitted(channel)) {
                    openUnix(channel, endpoint);
                }
            }
        };
    }

    private void openUnix(EpollDomainSocketChannel channel, UnixEndpoint endpoint) throws IOException {
        PeerCredentials credentials = channel.peerCredentials();
        Peer peer = new Peer(
                Peer.Transport.UNIX,
                credentials.pid(),
                credentials.uid(),
                credentials.gids().length == 0 ? -1 : credentials.gids()[0],
                endpoint.path().toString(),
                null);
        FrameDecoder decoder = new FrameDecoder(true, server.incoming(), receive -> channel.config()
                .setReadMode(receive ? DomainSocketReadMode.FILE_DESCRIPTORS : DomainSocketReadMode.BYTES));
        channel.config().setRecvByteBufAllocator(new ExactReads(decoder));
        open(channel, peer, endpoint.readOnly(), decoder);
    }

    ChannelHandler tls(SslContext context, TlsSettings settings) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (admitted(channel)) {
                    SslHandler ssl = context.newHandler(channel.alloc());
                    ssl.setHandshakeTimeout(settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
                    channel.pipeline().addLast(ssl, new TlsGate(settings, name -> openTls(channel, name)));
                }
            }
        };
    }

    private void openTls(Channel channel, String name) {
        Peer peer = new Peer(Peer.Transport.TLS, -1, -1, -1, String.valueOf(channel.remoteAddress()), name);
        open(channel, peer, false, new FrameDecoder(false, server.incoming(), receive -> {
            throw new IllegalStateException("descriptors cannot come over TLS");
        }));
    }

    private boolean admitted(Channel channel) {
        if (server.counters().connections.incrementAndGet() > server.settings().maxClients()) {
            server.counters().connections.decrementAndGet();
            LOG.warn("refused a client: {} are connected", server.settings().maxClients());
            channel.close();
            return false;
        }
        channels.add(channel);
        channel.closeFuture().addListener(closed -> {
            channels.remove(channel);
            server.counters().connections.decrementAndGet();
        });
        return true;
    }

    private void open(Channel channel, Peer peer, boolean readOnly, FrameDecoder decoder) {
        ServerConnection connection =
                new ServerConnection(lastId.incrementAndGet(), channel, peer, readOnly, decoder, server);
        Liveness liveness = new Liveness(connection, channel, decoder, server.settings());
        channel.pipeline().addLast(decoder, new ConnectionHandler(connection, dispatcher, liveness));
    }
}

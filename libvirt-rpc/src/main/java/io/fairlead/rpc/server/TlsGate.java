package io.fairlead.rpc.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Stands before a TLS connection until the client is let in, which the client learns by one byte of value 1. */
final class TlsGate extends ChannelInboundHandlerAdapter {
    private static final int ACCEPTED = 1;

    private final TlsSettings settings;
    private final ClientLog log;
    private final Consumer<String> admit;

    /** @param admit given the client's name, or null; must put its handlers behind this one */
    TlsGate(TlsSettings settings, ClientLog log, Consumer<String> admit) {
        this.settings = settings;
        this.log = log;
        this.admit = admit;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                check(ctx);
            } else {
                log.warn(
                        "TLS handshake with {} failed: {}",
                        ctx.channel().remoteAddress(),
                        handshake.cause().getMessage());
                ctx.close();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void check(ChannelHandlerContext ctx) {
        String name;
        try {
            name = name(ctx.pipeline().get(SslHandler.class).engine().getSession());
        } catch (SSLPeerUnverifiedException e) { // the handshake should not have let it through
            log.warn(
                    "TLS client {} refused: it has no certificate: {}",
                    ctx.channel().remoteAddress(),
                    e.getMessage());
            ctx.close();
            return;
        }
        if (name != null && !DistinguishedNames.isAllowed(name, settings.allowedDns())) {
            log.warn(
                    "TLS client {} refused: {} is not an allowed name",
                    ctx.channel().remoteAddress(),
                    name);
            ctx.close();
            return;
        }
        ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {ACCEPTED}));
        admit.accept(name);
        ctx.pipeline().remove(this);
    }

    private String name(SSLSession session) throws SSLPeerUnverifiedException {
        return settings.verifyClients()
                ? DistinguishedNames.of(((X509Certificate) session.getPeerCertificates()[0]).getSubjectX500Principal())
                : null;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // the end of the handshake has said why
    }
}

package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

/** The gate with sessions that a real handshake does not give: TLS itself refuses such clients before. */
class TlsGateTest {
    private static final TlsSettings SETTINGS = TlsSettings.of(Path.of("ca"), Path.of("cert"), Path.of("key"));

    private final SSLSession session = mock(SSLSession.class);
    private final List<String> admitted = new ArrayList<>();

    /** Passes a close on, as the real one does once it has said goodbye. */
    private static SslHandler handler() throws Exception {
        SslHandler ssl = mock(SslHandler.class);
        doAnswer(call -> call.<ChannelHandlerContext>getArgument(0).close(call.getArgument(1)))
                .when(ssl)
                .close(any(), any());
        return ssl;
    }

    /** A channel whose handshake has just succeeded. */
    private EmbeddedChannel shaken(TlsSettings settings) throws Exception {
        SSLEngine engine = mock(SSLEngine.class);
        when(engine.getSession()).thenReturn(session);
        SslHandler ssl = handler();
        when(ssl.engine()).thenReturn(engine);
        EmbeddedChannel channel = new EmbeddedChannel(ssl, new TlsGate(settings, ClientLog.unlimited(), admitted::add));
        channel.pipeline().context(ssl).fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
        channel.runPendingTasks();
        return channel;
    }

    private static X509Certificate of(String name) {
        X509Certificate certificate = mock(X509Certificate.class);
        when(certificate.getSubjectX500Principal()).thenReturn(new X500Principal(name));
        return certificate;
    }

    @Test
    void check_whenTheClientHasACertificate_admitsItByName() throws Exception {
        X509Certificate certificate = of("CN=client,O=Fairlead");
        when(session.getPeerCertificates()).thenReturn(new Certificate[] {certificate});
        EmbeddedChannel channel = shaken(SETTINGS);

        assertEquals(1, admitted.size());
        assertTrue(admitted.get(0).contains("client"), admitted::toString);
        assertNull(channel.pipeline().get(TlsGate.class));
    }

    @Test
    void check_whenTheNameIsNotAllowed_closes() throws Exception {
        X509Certificate certificate = of("CN=stranger");
        when(session.getPeerCertificates()).thenReturn(new Certificate[] {certificate});
        EmbeddedChannel channel = shaken(SETTINGS.withAllowedDns(List.of("CN=client*")));

        assertEquals(List.of(), admitted);
        assertFalse(channel.isOpen());
    }

    @Test
    void check_whenTheSessionHasNoCertificate_closesAndAdmitsNobody() throws Exception {
        when(session.getPeerCertificates()).thenThrow(new SSLPeerUnverifiedException("peer not authenticated"));
        EmbeddedChannel channel = shaken(SETTINGS);

        assertEquals(List.of(), admitted);
        assertFalse(channel.isOpen());
        channel.checkException();
    }

    @Test
    void check_whenTheHandshakeFailed_closes() throws Exception {
        EmbeddedChannel channel =
                new EmbeddedChannel(handler(), new TlsGate(SETTINGS, ClientLog.unlimited(), admitted::add));
        channel.pipeline()
                .context(SslHandler.class)
                .fireUserEventTriggered(new SslHandshakeCompletionEvent(new IllegalStateException("no common cipher")));

        assertEquals(List.of(), admitted);
        assertFalse(channel.isOpen());
    }
}

package io.fairlead.rpc.server;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes Netty's TLS context out of PEM files. */
final class TlsContext {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "Ed25519");

    private TlsContext() {}

    static SslContext of(TlsSettings settings) throws IOException {
        try {
            return SslContextBuilder.forServer(key(settings.key()), certificates(settings.certificate()))
                    .sslProvider(SslProvider.JDK)
                    // In TLS 1.3 the JDK sends session tickets, on which libvirt 9.0's client gives up: it reads the
                    // byte after the handshake once, gets a ticket, and reports "Unable to read TLS confirmation".
                    .protocols("TLSv1.2")
                    .trustManager(certificates(settings.caCertificate()))
                    .clientAuth(settings.verifyClients() ? ClientAuth.REQUIRE : ClientAuth.NONE)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the TLS files: %s".formatted(e.getMessage()), e);
        }
    }

    private static X509Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate[] certificates = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            if (certificates.length == 0) {
                throw new IOException("no certificate in %s".formatted(file));
            }
            return certificates;
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException("no unencrypted PKCS#8 or RSA private key in %s".formatted(file));
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pem.group(1).isEmpty() ? der : Pkcs1.toPkcs8(der));
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                continue; // PKCS#8 names its algorithm inside; the next factory may know it
            }
        }
        throw new IOException("the private key in %s is none of %s".formatted(file, KEY_KINDS));
    }
}

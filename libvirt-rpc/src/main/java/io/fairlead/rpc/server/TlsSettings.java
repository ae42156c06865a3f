package io.fairlead.rpc.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Certificates of a TLS listener, in PEM files.
 *
 * @param caCertificate whose clients are accepted
 * @param key of the certificate: PKCS#8, or RSA as certtool writes it; not encrypted
 * @param verifyClients whether a client must show a certificate of the CA
 * @param allowedDns names of clients, as {@code virt-pki-query-dn} prints them, with {@code *} and {@code ?} as in
 *     libvirtd's tls_allowed_dn_list; null allows every client the CA vouches for
 */
public record TlsSettings(
        Path caCertificate,
        Path certificate,
        Path key,
        boolean verifyClients,
        List<String> allowedDns,
        Duration handshakeTimeout) {
    public TlsSettings {
        Objects.requireNonNull(caCertificate, "caCertificate");
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
        if (allowedDns != null && !verifyClients) {
            throw new IllegalArgumentException("a list of allowed names needs clients to show a certificate");
        }
        allowedDns = allowedDns == null ? null : List.copyOf(allowedDns);
    }

    /** Clients must show a certificate of the CA; any will do. */
    public static TlsSettings of(Path caCertificate, Path certificate, Path key) {
        return new TlsSettings(caCertificate, certificate, key, true, null, Duration.ofSeconds(10));
    }

    public TlsSettings withAllowedDns(List<String> names) {
        return new TlsSettings(caCertificate, certificate, key, verifyClients, names, handshakeTimeout);
    }
}

package io.fairlead.daemon.config;

import static io.fairlead.daemon.config.DaemonConfig.list;
import static io.fairlead.daemon.config.DaemonConfig.value;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The TLS listener, with libvirtd's file names.
 *
 * @param address to listen on, such as {@code 0.0.0.0}
 * @param port 16514 unless chosen; 0 lets the kernel choose
 * @param verifyClients whether clients must show a certificate of the CA
 * @param allowedNames the certificate names that are accepted; empty for all that the CA signed
 */
public record TlsConfig(
        String address,
        int port,
        Path caFile,
        Path certificateFile,
        Path keyFile,
        boolean verifyClients,
        List<String> allowedNames) {
    /** libvirt's own port (libvirtd.conf). */
    private static final int PORT = 16514;

    private static final int PORT_MAX = 65535;

    static Optional<TlsConfig> of(ConfigFile file) {
        if (!value(file, "listen_tls", Values::yesNo).orElse(false)) {
            return Optional.empty();
        }
        boolean verify =
                !value(file, "tls_no_verify_certificate", Values::yesNo).orElse(false);
        List<String> allowed = list(file, "tls_allowed_dn");
        if (!verify && !allowed.isEmpty()) {
            throw file.all("tls_allowed_dn")
                    .get(0)
                    .wrong("nothing, as tls_no_verify_certificate = yes asks for no name");
        }
        return Optional.of(new TlsConfig(
                value(file, "listen_addr", ConfigFile.Entry::value).orElse("0.0.0.0"),
                value(file, "tls_port", Values.number(0, PORT_MAX)).orElse(PORT),
                value(file, "ca_file", Values::absolutePath).orElse(Path.of("/etc/pki/CA/cacert.pem")),
                value(file, "cert_file", Values::absolutePath).orElse(Path.of("/etc/pki/libvirt/servercert.pem")),
                value(file, "key_file", Values::absolutePath).orElse(Path.of("/etc/pki/libvirt/private/serverkey.pem")),
                verify,
                allowed));
    }
}

package io.fairlead.daemon;

import io.fairlead.daemon.Instance.SocketPair;
import io.fairlead.daemon.config.ConfigException;
import io.fairlead.daemon.config.DaemonConfig;
import io.fairlead.daemon.config.TlsConfig;
import io.fairlead.rpc.server.RpcServer;
import io.fairlead.rpc.server.TlsSettings;
import io.fairlead.rpc.server.UnixEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the sockets of an instance. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final DaemonConfig config;
    private final RpcServer server;

    Listeners(DaemonConfig config, RpcServer server) {
        this.config = config;
        this.server = server;
    }

    /**
     * A pair that another program serves is skipped with a warning, as long as another pair can be opened.
     *
     * @throws ConfigException if no pair or not the TLS listener can be opened
     */
    void open(Instance instance) {
        IOException last = null;
        int opened = 0;
        for (SocketPair pair : instance.sockets()) {
            try {
                open(pair);
                opened++;
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("not serving {}: {}", pair.readWrite(), e.getMessage());
                last = new IOException(e.getMessage(), e);
            }
        }
        if (opened == 0) {
            throw new ConfigException("no socket can be served: " + last.getMessage(), last);
        }
        config.tls().ifPresent(this::open);
    }

    private void open(SocketPair pair) throws IOException {
        server.listen(new UnixEndpoint(pair.readWrite(), config.socketMode(), false));
        server.listen(new UnixEndpoint(pair.readOnly(), config.readOnlySocketMode(), true));
        if (config.socketGroup().isPresent()) {
            setGroup(pair.readWrite(), config.socketGroup().get());
            setGroup(pair.readOnly(), config.socketGroup().get());
        }
    }

    private static void setGroup(Path socket, String name) throws IOException {
        try {
            GroupPrincipal group =
                    socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
            Files.getFileAttributeView(socket, PosixFileAttributeView.class).setGroup(group);
        } catch (UserPrincipalNotFoundException e) {
            throw new ConfigException("unix_sock_group: there is no group %s".formatted(name), e);
        }
    }

    private void open(TlsConfig tls) {
        TlsSettings settings = new TlsSettings(
                tls.caFile(),
                tls.certificateFile(),
                tls.keyFile(),
                tls.verifyClients(),
                tls.allowedNames().isEmpty() ? null : tls.allowedNames(),
                TlsSettings.of(tls.caFile(), tls.certificateFile(), tls.keyFile())
                        .handshakeTimeout());
        try {
            server.listen(new InetSocketAddress(tls.address(), tls.port()), settings);
        } catch (IOException e) {
            throw new ConfigException("cannot serve TLS: " + e.getMessage(), e);
        }
    }
}

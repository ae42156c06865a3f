package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.wire.MessageHeader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);
    private static final String PASSWORD = "password";

    @TempDir
    static Path certificates;

    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private RpcServer server;

    @BeforeEach
    void start() throws Exception {
        if (!certificates.resolve("ca.pem").toFile().exists()) {
            makeCertificates();
        }
        server = RpcServer.builder()
                .program(new Program(
                        0x20008086,
                        1,
                        List.of(Procedure.of(
                                ConnectionCalls.CONNECT_GET_LIB_VERSION, Execution.INLINE, (call, none) -> {
                                    peers.add(call.connection().peer());
                                    return new ConnectionCalls.ConnectGetLibVersionRet(9_000_000);
                                }))))
                .build();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void makeCertificates() throws Exception {
        authority("ca");
        authority("other-ca");
        issue("server", "/CN=localhost", "ca");
        issue("client", "/C=GB/O=Example/CN=alice", "ca");
        issue("stranger", "/C=GB/O=Example/CN=alice", "other-ca");
        run("openssl", "rsa", "-in", "server.key", "-out", "server-pkcs1.key", "-traditional");
    }

    private static void authority(String name) throws Exception {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".pem");
    }

    private static void issue(String name, String subject, String ca) throws Exception {
        run(
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                subject,
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr");
        run(
                "openssl",
                "x509",
                "-req",
                "-days",
                "2",
                "-in",
                name + ".csr",
                "-CA",
                ca + ".pem",
                "-CAkey",
                ca + ".key",
                "-CAcreateserial",
                "-out",
                name + ".pem");
        run(
                "openssl",
                "pkcs12",
                "-export",
                "-in",
                name + ".pem",
                "-inkey",
                name + ".key",
                "-out",
                name + ".p12",
                "-passout",
                "pass:" + PASSWORD);
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(certificates.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + output);
    }

    private static TlsSettings settings(String key) {
        return TlsSettings.of(
                certificates.resolve("ca.pem"), certificates.resolve("server.pem"), certificates.resolve(key));
    }

    /** @param client the client whose certificate to show, or null for none */
    private static SSLSocket connect(InetSocketAddress address, String client, String protocol) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (client != null) {
            try (InputStream in = java.nio.file.Files.newInputStream(certificates.resolve(client + ".p12"))) {
                store.load(in, PASSWORD.toCharArray());
            }
        }
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust().getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.setSoTimeout(10_000);
        socket.connect(address);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    private static TrustManagerFactory trust() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = java.nio.file.Files.newInputStream(certificates.resolve("ca.pem"))) {
            store.setCertificateEntry(
                    "ca",
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    private static void callOver(SSLSocket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertEquals(1, in.readByte()); // the welcome
        ByteBuffer call = ByteBuffer.allocate(MessageHeader.BYTES);
        call.putInt(28)
                .putInt(0x20008086)
                .putInt(1)
                .putInt(157)
                .putInt(0)
                .putInt(0)
                .putInt(0);
        socket.getOutputStream().write(call.array());
        assertEquals(36, in.readInt());
        in.skipNBytes(24);
        assertEquals(9_000_000, in.readLong());
    }

    @ParameterizedTest
    @CsvSource({"server.key", "server-pkcs1.key"})
    void client_withACertificateOfOurs_getsTheWelcomeByteAndIsServed(String key) throws Exception {
        InetSocketAddress address = server.listen(ANY_PORT, settings(key));
        try (SSLSocket socket = connect(address, "client", "TLSv1.2")) {
            callOver(socket);
        }
        assertEquals(Peer.Transport.TLS, peers.get(0).transport());
        assertEquals("C=GB,O=Example,CN=alice", peers.get(0).distinguishedName());
    }

    @ParameterizedTest
    @CsvSource({"stranger, TLSv1.2", ", TLSv1.2", "client, TLSv1.3"})
    void client_withoutACertificateOfOurs_orWithAnotherVersionOfTls_isRefused(String client, String protocol)
            throws Exception {
        InetSocketAddress address = server.listen(ANY_PORT, settings("server.key"));
        try (SSLSocket socket = connect(address, client, protocol)) {
            assertThrows(IOException.class, () -> callOver(socket));
        }
        assertTrue(peers.isEmpty());
        ServerFixture.await("closed", () -> server.counters().openConnections() == 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C=GB,O=Example,CN=alice | true",
                "C=GB,O=*,CN=alice | true",
                "*CN=al?ce | true",
                "C=GB,O=Example,CN=bob | false",
                "CN=alice | false",
                "C=GB.O=Example,CN=alice | false"
            })
    void client_isLetInByItsName(String pattern, boolean allowed) throws Exception {
        InetSocketAddress address =
                server.listen(ANY_PORT, settings("server.key").withAllowedDns(List.of("CN=nobody", pattern)));
        try (SSLSocket socket = connect(address, "client", "TLSv1.2")) {
            if (allowed) {
                callOver(socket);
            } else {
                assertEquals(-1, socket.getInputStream().read()); // closed without a welcome
            }
        }
    }

    @Test
    void client_thatDoesNotShakeHands_isDroppedInTime() throws Exception {
        TlsSettings ca = settings("server.key");
        InetSocketAddress address = server.listen(
                ANY_PORT,
                new TlsSettings(ca.caCertificate(), ca.certificate(), ca.key(), true, null, Duration.ofMillis(200)));
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(10_000);
            socket.connect(address);
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void clients_thatDoNotShakeHands_areFewFromOneHost_andMakeRoomWhenTheyGo() throws Exception {
        InetSocketAddress address = server.listen(ANY_PORT, settings("server.key"));
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            silent.add(new Socket(address.getAddress(), address.getPort()));
        }
        ServerFixture.await("all are let in", () -> server.counters().openConnections() == 64);
        try (Socket oneMore = new Socket(address.getAddress(), address.getPort())) {
            assertEquals(-1, oneMore.getInputStream().read());
            assertEquals(1, server.counters().refusedClients());
        }
        for (Socket client : silent) {
            client.close();
        }
        ServerFixture.await("all are gone", () -> server.counters().openConnections() == 0);
        assertEquals(0, server.counters().heldBytes());
        try (SSLSocket good = connect(address, "client", "TLSv1.2")) {
            callOver(good);
        }
    }

    @Test
    void listen_whenAFileIsNoKey_saysWhich() {
        IOException e = assertThrows(IOException.class, () -> server.listen(ANY_PORT, settings("ca.pem")));
        assertTrue(e.getMessage().contains("ca.pem"), e.getMessage());
        assertTrue(!(e instanceof SSLException));
    }
}

package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The TLS port: virsh with certificates made here; a client with none, with another CA's, or with a name not listed,
 * stays out.
 */
@OnFairlead
class TlsTest {
    private static Path directory;
    private static int port;
    private static FairleadServer server;

    @BeforeAll
    static void start() throws IOException {
        directory = Scratch.newDirectory();
        Path script = Scripts.unpack(directory, "certificates.sh");
        Command.of("sh", script.toString(), directory.toString()).run().orFail();
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        Path config = Files.writeString(
                directory.resolve("fairlead.conf"),
                """
                listen_tls = yes
                listen_addr = 127.0.0.1
                tls_port = %d
                ca_file = %s/cacert.pem
                cert_file = %s/servercert.pem
                key_file = %s/serverkey.pem
                tls_allowed_dn = O=Example,CN=client
                """
                        .formatted(port, directory, directory, directory));
        server = FairleadServer.start("--config", config.toString());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        Scratch.delete(directory);
    }

    private static Outcome list(String pki, String more) {
        return new Virsh("lxc://localhost:%d/system?pkipath=%s%s".formatted(port, directory.resolve(pki), more))
                .run("list", "--all");
    }

    @Test
    void virsh_whenItsCertificateIsListed_isServed() {
        assertEquals(0, list("good", "").exit(), () -> list("good", "").toString() + server.log());
    }

    @Test
    void virsh_whenItsNameIsNotListed_isKeptOut() {
        list("stranger", "").refused();
    }

    @Test
    void virsh_whenAnotherAuthoritySignedIt_isKeptOut() {
        list("foreign", "&no_verify=1").refused();
    }

    @Test
    void virsh_whenItHasNoCertificate_isKeptOut() {
        list("bare", "").refused();
    }

    @Test
    void plainBytes_whenSentToThePort_harmNobody() throws IOException {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            socket.setSoTimeout(15_000);
            byte[] answer = socket.getInputStream().readAllBytes();
            assertTrue(answer.length < 100, "a TLS alert at most");
        }
        assertEquals(0, list("good", "").exit());
    }
}

package io.fairlead.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.daemon.Instance.SocketPair;
import io.fairlead.daemon.config.ConfigException;
import io.fairlead.daemon.config.DaemonConfig;
import io.fairlead.rpc.server.RpcServer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenersTest {
    @TempDir
    Path folder;

    private final RpcServer server = RpcServer.builder().build();

    @AfterEach
    void close() {
        server.close();
    }

    private void open(String... names) {
        open(DaemonConfig.defaults(), names);
    }

    private void open(DaemonConfig config, String... names) {
        List<SocketPair> pairs =
                List.of(names).stream().map(name -> SocketPair.of(folder, name)).toList();
        new Listeners(config, server).open(new Instance("", folder, folder, folder, pairs));
    }

    private ServerSocketChannel serve(String name) throws IOException {
        ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return other.bind(UnixDomainSocketAddress.of(folder.resolve(name)));
    }

    @Test
    void open_whenNothingIsInTheWay_opensBothSocketsOfAPairWithTheirModes() throws IOException {
        open("sock");

        assertEquals("rwx------", mode("sock"));
        assertEquals("rwxrwxrwx", mode("sock-ro"));
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    @Test
    void open_whenOnePairIsServedByAnother_leavesItAndServesTheOther() throws IOException {
        try (ServerSocketChannel other = serve("taken")) {
            open("taken", "free");

            assertTrue(other.isOpen());
            assertFalse(Files.exists(folder.resolve("taken-ro")));
            assertTrue(Files.exists(folder.resolve("free-ro")));
        }
    }

    @Test
    void open_whenEveryPairIsServedByAnother_failsAndNamesTheSocket() throws IOException {
        try (ServerSocketChannel other = serve("taken")) {
            ConfigException refusal = assertThrows(ConfigException.class, () -> open("taken"));

            assertTrue(refusal.getMessage().contains(folder.resolve("taken").toString()), refusal.getMessage());
            assertTrue(other.isOpen());
        }
    }

    @Test
    void open_whenADeadDaemonLeftItsSocket_replacesIt() throws IOException {
        serve("stale").close();

        open("stale");

        assertTrue(Files.exists(folder.resolve("stale-ro")));
    }

    @Test
    void open_whenTheFolderIsTooDeepForASocket_saysHowLongItMayBe() {
        ConfigException refusal = assertThrows(ConfigException.class, () -> open("x".repeat(120)));

        assertTrue(refusal.getMessage().contains("expected: at most 107"), refusal.getMessage());
    }

    @Test
    void open_whenTheGroupDoesNotExist_namesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("conf"), "unix_sock_group = no-such-group");
        DaemonConfig config = DaemonConfig.load(Optional.of(file));

        ConfigException refusal = assertThrows(ConfigException.class, () -> open(config, "sock"));

        assertTrue(refusal.getMessage().contains("no-such-group"), refusal.getMessage());
    }

    @Test
    void open_whenATlsFileIsMissing_namesIt() throws IOException {
        Path file = Files.writeString(
                folder.resolve("conf"),
                "listen_tls = yes\nlisten_addr = 127.0.0.1\n" + "tls_port = 0\nkey_file = /missing/key.pem\n");
        DaemonConfig config = DaemonConfig.load(Optional.of(file));

        ConfigException refusal = assertThrows(ConfigException.class, () -> open(config, "sock"));

        assertTrue(refusal.getMessage().contains("/missing/key.pem"), refusal.getMessage());
    }
}

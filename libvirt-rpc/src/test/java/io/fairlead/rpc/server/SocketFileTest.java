package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.rpc.protocol.ConnectionCalls;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
    @TempDir
    Path directory;

    private RpcServer server() {
        return RpcServer.builder().program(new ToyDriver().remote()).build();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    @Test
    void listen_givesTheFileItsMode_andCloseRemovesIt() throws Exception {
        Path socket = directory.resolve("sock");
        try (RpcServer server = server()) {
            server.listen(new UnixEndpoint(socket, 0770, false));
            assertEquals("rwxrwx---", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
            assertEquals(1, files());
        }
        assertEquals(0, files());
    }

    @Test
    void listen_whenTheSocketIsStale_replacesIt() throws Exception {
        Path socket = directory.resolve("sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertTrue(Files.exists(socket));
        try (RpcServer server = server()) {
            server.listen(new UnixEndpoint(socket, 0700, false));
            try (TestClient client = TestClient.connect(socket)) {
                client.call(ConnectionCalls.CONNECT_GET_TYPE, null);
            }
            assertEquals(1, files());
        }
    }

    @Test
    void listen_whenSomebodyServesTheSocket_leavesItToThem() throws Exception {
        Path socket = directory.resolve("sock");
        try (RpcServer first = server()) {
            first.listen(new UnixEndpoint(socket, 0700, false));
            try (RpcServer second = server()) {
                IOException e =
                        assertThrows(IOException.class, () -> second.listen(new UnixEndpoint(socket, 0700, false)));
                assertTrue(e.getMessage().contains("another process serves it"), e.getMessage());
            }
            try (TestClient client = TestClient.connect(socket)) {
                client.call(ConnectionCalls.CONNECT_GET_TYPE, null);
            }
            assertEquals(1, files());
        }
    }

    @Test
    void listen_whenAnOrdinaryFileIsThere_keepsIt() throws Exception {
        Path file = Files.writeString(directory.resolve("sock"), "precious");
        try (RpcServer server = server()) {
            assertThrows(IOException.class, () -> server.listen(new UnixEndpoint(file, 0700, false)));
        }
        assertEquals("precious", Files.readString(file));
    }

    @Test
    void close_whenTheFileBelongsToSomebodyElseNow_leavesIt() throws Exception {
        Path socket = directory.resolve("sock");
        try (RpcServer server = server()) {
            server.listen(new UnixEndpoint(socket, 0700, false));
            Files.delete(socket);
            Files.writeString(socket, "other");
        }
        assertTrue(Files.exists(socket));
    }

    @Test
    void endpoint_whenThePathIsTooLongOrTheModeOdd_isRefused() {
        Path longPath = Path.of("/" + "x".repeat(107));
        assertThrows(IllegalArgumentException.class, () -> new UnixEndpoint(longPath, 0700, false));
        assertThrows(IllegalArgumentException.class, () -> new UnixEndpoint(Path.of("/x"), 0600, false));
        assertFalse(Files.exists(longPath));
    }

    @Test
    void listen_whenTheDirectoryIsMissing_saysSo() {
        try (RpcServer server = server()) {
            assertThrows(
                    IOException.class,
                    () -> server.listen(new UnixEndpoint(directory.resolve("no/sock"), 0700, false)));
        }
    }
}

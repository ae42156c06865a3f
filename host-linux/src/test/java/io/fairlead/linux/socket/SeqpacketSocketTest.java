package io.fairlead.linux.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeqpacketSocketTest {
    private static final Duration SECONDS = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void receive_whenMessagesArrive_keepsTheirBoundaries(int longParts) throws Exception {
        Path place = folder;
        for (int i = 0; i < longParts; i++) {
            place = Files.createDirectories(place.resolve("x".repeat(100)));
        }
        Path path = place.resolve("socket");
        try (SeqpacketServer server = new SeqpacketServer(path);
                SeqpacketSocket client = SeqpacketSocket.connect(path, SECONDS);
                Fd accepted = server.accept()) {
            accepted.write(new byte[] {1, 2, 3});
            accepted.write(new byte[] {4});
            byte[] buffer = new byte[10];
            assertEquals(3, client.receive(buffer, SECONDS));
            assertEquals(1, client.receive(buffer, SECONDS));
            assertEquals(4, buffer[0]);
            client.send(new byte[] {9, 8, 7}, 1, 2, SECONDS);
            assertEquals(2, accepted.read(buffer));
            assertEquals(8, buffer[0]);
        }
    }

    @Test
    void receive_whenNothingComes_timesOutAndAtTheEndSaysSo() throws Exception {
        Path path = folder.resolve("socket");
        try (SeqpacketServer server = new SeqpacketServer(path);
                SeqpacketSocket client = SeqpacketSocket.connect(path, SECONDS)) {
            Fd accepted = server.accept();
            assertEquals(SeqpacketSocket.TIMED_OUT, client.receive(new byte[1], Duration.ofMillis(20)));
            accepted.close();
            assertEquals(SeqpacketSocket.END, client.receive(new byte[1], SECONDS));
            ErrnoException broken =
                    assertThrows(ErrnoException.class, () -> client.send(new byte[] {1}, 0, 1, SECONDS));
            assertEquals("EPIPE", broken.errnoName());
        }
    }

    @Test
    void close_whenAnotherThreadReceives_wakesIt() throws Exception {
        Path path = folder.resolve("socket");
        try (SeqpacketServer server = new SeqpacketServer(path)) {
            SeqpacketSocket client = SeqpacketSocket.connect(path, SECONDS);
            CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.receive(new byte[1], null);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Fd accepted = server.accept();
            Thread.sleep(50);
            client.close();
            client.close();
            accepted.close();
            assertEquals(SeqpacketSocket.END, received.get(5, TimeUnit.SECONDS));
            assertEquals(SeqpacketSocket.END, client.receive(new byte[1], null));
            assertThrows(IOException.class, () -> client.send(new byte[1], 0, 1, SECONDS));
        }
    }

    @Test
    void send_whenTheOtherSideDoesNotRead_givesUpInTime() throws Exception {
        Path path = folder.resolve("socket");
        try (SeqpacketServer server = new SeqpacketServer(path);
                SeqpacketSocket client = SeqpacketSocket.connect(path, SECONDS);
                Fd accepted = server.accept()) {
            byte[] message = new byte[8192];
            ErrnoException full = assertThrows(ErrnoException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    client.send(message, 0, message.length, Duration.ofMillis(20));
                }
            });
            assertEquals(Errno.EAGAIN, full.errno());
            client.shutdownOutput();
            assertEquals(message.length, accepted.read(new byte[8192]));
        }
    }

    @Test
    void connect_whenNobodyListens_saysWhere() throws Exception {
        Path missing = folder.resolve("missing");
        ErrnoException failure = assertThrows(ErrnoException.class, () -> SeqpacketSocket.connect(missing, SECONDS));
        assertEquals("connect %s: ENOENT".formatted(missing), failure.getMessage());
        Path stale = folder.resolve("stale");
        new SeqpacketServer(stale).close();
        ErrnoException refused = assertThrows(ErrnoException.class, () -> SeqpacketSocket.connect(stale, SECONDS));
        assertEquals("ECONNREFUSED", refused.errnoName());
    }

    @Test
    void await_whenNobodyWrites_timesOut() throws Exception {
        Path fifo = folder.resolve("fifo");
        Fifo.create(fifo, 0600);
        ErrnoException late = assertThrows(ErrnoException.class, () -> Fifo.await(fifo, Duration.ofMillis(30)));
        assertEquals(Errno.ETIMEDOUT, late.errno());
        ErrnoException nobody =
                assertThrows(ErrnoException.class, () -> Fifo.write(fifo, new byte[1], Duration.ofMillis(30)));
        assertEquals(Errno.ENXIO, nobody.errno());
    }

    @Test
    void write_whenTheReaderComesLater_reachesIt() throws Exception {
        Path fifo = folder.resolve("fifo");
        Fifo.create(fifo, 0600);
        CompletableFuture<byte[]> first = CompletableFuture.supplyAsync(() -> {
            try {
                Thread.sleep(50);
                return Fifo.await(fifo, SECONDS);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Fifo.write(fifo, new byte[] {42}, SECONDS);
        assertEquals(42, first.get(5, TimeUnit.SECONDS)[0]);
    }
}

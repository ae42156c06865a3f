package io.fairlead.rpc.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A server with the toy driver on two sockets in a directory of its own. */
final class ServerFixture implements AutoCloseable {
    final ToyDriver driver = new ToyDriver();
    final RpcServer server;
    final Path socket;
    final Path readOnlySocket;

    ServerFixture(Path directory, ServerSettings settings) throws IOException {
        server = RpcServer.builder()
                .program(driver.remote())
                .program(driver.lxc())
                .settings(settings)
                .build();
        socket = directory.resolve("sock");
        readOnlySocket = directory.resolve("sock-ro");
        server.listen(new UnixEndpoint(socket, 0700, false));
        server.listen(new UnixEndpoint(readOnlySocket, 0777, true));
    }

    TestClient client() {
        return TestClient.connect(socket);
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within 20 s: " + what);
            }
            Thread.sleep(5);
        }
    }

    void awaitIdle() throws InterruptedException {
        ServerCounters counters = server.counters();
        await(
                "everything is released",
                () -> counters.openConnections() == 0
                        && counters.callsInWork() == 0
                        && counters.openStreams() == 0
                        && counters.queuedBytes() == 0
                        && counters.heldBytes() == 0);
    }

    static long openDescriptors() throws IOException {
        try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
            return fds.count();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

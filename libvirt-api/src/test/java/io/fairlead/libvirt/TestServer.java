package io.fairlead.libvirt;

import io.fairlead.rpc.protocol.RemoteProcedure;
import io.fairlead.rpc.server.Program;
import io.fairlead.rpc.server.RpcServer;
import io.fairlead.rpc.server.UnixEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A live server on two sockets of its own: one for all calls, one read-only. */
final class TestServer implements AutoCloseable {
    final Path socket;
    final Path readOnlySocket;
    private final Path directory;
    private final RpcServer server;

    /** Serves the given programs. */
    TestServer(List<Program> programs) {
        RpcServer.Builder builder = RpcServer.builder().errors(Errors::of);
        programs.forEach(builder::program);
        server = builder.build();
        try {
            directory = Files.createTempDirectory("fairlead-api");
            socket = directory.resolve("sock");
            readOnlySocket = directory.resolve("sock-ro");
            server.listen(new UnixEndpoint(socket, 0700, false));
            server.listen(new UnixEndpoint(readOnlySocket, 0700, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves the procedures for opening a connection, and those of one topic. */
    static TestServer of(Consumer<Table> topic) {
        Table table = new Table();
        new ConnectProcedures(new FakeHostFacts(), new Sessions(), connection -> {}).addTo(table);
        topic.accept(table);
        return new TestServer(List.of(new Program(RemoteProcedure.PROGRAM, 1, table.procedures())));
    }

    TestClient client() {
        return TestClient.open(socket);
    }

    TestClient readOnlyClient() {
        return TestClient.open(readOnlySocket);
    }

    @Override
    public void close() {
        server.close();
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

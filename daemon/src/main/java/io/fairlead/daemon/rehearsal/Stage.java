package io.fairlead.daemon.rehearsal;

import io.fairlead.core.Engine;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.kit.store.JournaledFiles;
import io.fairlead.libvirt.LibvirtApi;
import io.fairlead.libvirt.node.HostFacts;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.rpc.server.RpcServer;
import io.fairlead.rpc.server.UnixEndpoint;
import io.fairlead.storage.directory.DirectoryDriver;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.pool.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** A small daemon without real guests. All its files lie in a folder that is removed when it is closed. */
final class Stage implements AutoCloseable {
    private static final int SOCKET_MODE = 0700;

    private final Path folder;
    private final Deque<Closeable> open = new ArrayDeque<>();

    private Stage(Path folder) {
        this.folder = folder;
    }

    static Stage open(Path folder, HostFacts host) throws IOException {
        TreeRemover.remove(folder);
        Files.createDirectory(folder);
        Stage stage = new Stage(folder);
        try {
            stage.open(host);
            return stage;
        } catch (IOException | RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    private void open(HostFacts host) throws IOException {
        Path state = folder.resolve("state");
        EventBus events = new EventBus(Clock.systemUTC());
        open.push(events::close);
        Storage storage = Storage.open(
                state, folder.resolve("run"), new PoolDrivers(DirectoryDriver.all()), new DurableFiles(), events);
        open.push(storage::close);
        JournaledFiles files = JournaledFiles.open(state);
        open.push(files::close);
        Engine engine = Engine.open(
                state, new PretendBackend(), storage.guests(), storage.snapshotter(), files, events, "rehearsal");
        open.push(engine::close);
        engine.lifecycle().adopt();
        LibvirtApi api = new LibvirtApi(engine, storage, events, host);
        RpcServer.Builder builder = RpcServer.builder().errors(api.errorMapper());
        api.programs().forEach(builder::program);
        RpcServer server = builder.build();
        open.push(server::close);
        open.push(api::close);
        server.listen(new UnixEndpoint(socket(), SOCKET_MODE, false));
    }

    Path socket() {
        return folder.resolve("sock");
    }

    Path pool() {
        return folder.resolve("pool");
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        TreeRemover.remove(folder);
    }
}

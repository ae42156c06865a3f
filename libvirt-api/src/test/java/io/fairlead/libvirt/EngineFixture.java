package io.fairlead.libvirt;

import io.fairlead.core.Engine;
import io.fairlead.core.backend.FakeBackend;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.kit.event.Occurrence;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.rpc.protocol.DomainDefinitions;
import io.fairlead.rpc.protocol.DomainDefinitions.DomainDefineXmlArgs;
import io.fairlead.rpc.protocol.DomainLifecycle;
import io.fairlead.rpc.protocol.DomainLifecycle.DomainCreateXmlArgs;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.server.Program;
import io.fairlead.storage.driver.FakePoolDriver;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.pool.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A live server of the whole API, on an engine whose guests are fakes. */
final class EngineFixture implements AutoCloseable {
    private final Path directory;
    private final TestEngine engine;
    private final Storage storage;
    private final LibvirtApi api;
    private final TestServer server;

    EngineFixture() {
        try {
            directory = Files.createTempDirectory("fairlead-engine");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        engine = new TestEngine(directory);
        PoolDrivers drivers = new PoolDrivers(List.of(new FakePoolDriver("dir")));
        storage = Storage.open(
                directory.resolve("pools"), directory.resolve("run"), drivers, new DurableFiles(), engine.bus());
        api = new LibvirtApi(engine.get(), storage, engine.bus(), new FakeHostFacts());
        server = new TestServer(api.programs());
    }

    /** A definition without a uuid, of two CPUs and 64 MiB. */
    static String xml(String name) {
        return """
                <domain type='lxc'>
                  <name>%s</name>
                  <memory unit='KiB'>65536</memory>
                  <vcpu>2</vcpu>
                  <os>
                    <type arch='x86_64'>exe</type>
                    <init>/bin/sh</init>
                  </os>
                  <devices>
                    <filesystem type='mount'>
                      <source dir='/srv/root'/>
                      <target dir='/'/>
                    </filesystem>
                    <console type='pty'/>
                  </devices>
                </domain>
                """
                .formatted(name);
    }

    List<Program> programs() {
        return api.programs();
    }

    Path socket() {
        return server.socket;
    }

    TestClient client() {
        return server.client();
    }

    TestClient readOnlyClient() {
        return server.readOnlyClient();
    }

    Engine engine() {
        return engine.get();
    }

    FakeBackend backend() {
        return engine.backend;
    }

    DomainRef defined(String name) {
        try (TestClient client = client()) {
            return client.call(DomainDefinitions.DOMAIN_DEFINE_XML, new DomainDefineXmlArgs(xml(name)));
        }
    }

    /** A domain that is defined and runs. */
    DomainRef running(String name) {
        DomainRef dom = defined(name);
        try (TestClient client = client()) {
            client.call(DomainLifecycle.DOMAIN_CREATE, dom);
        }
        return Domains.ref(engine().registry().get(dom.uuid()));
    }

    /** A domain that runs and is not defined. */
    DomainRef transientDomain(String name) {
        try (TestClient client = client()) {
            return client.call(DomainLifecycle.DOMAIN_CREATE_XML, new DomainCreateXmlArgs(xml(name), 0));
        }
    }

    void guestExits(DomainRef dom, int status) {
        engine.backend.end(dom.uuid(), status);
    }

    void publish(Occurrence what) {
        engine.bus().publish(what);
    }

    void closeApi() {
        api.close();
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

    @Override
    public void close() {
        api.close();
        server.close();
        storage.close();
        engine.close();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

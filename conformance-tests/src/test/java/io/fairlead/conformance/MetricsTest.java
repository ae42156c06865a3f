package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Metrics;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import io.fairlead.conformance.server.TestPool;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Numbers for Prometheus. */
@OnFairlead
@SuppressWarnings("try") // a pool is had, not used
class MetricsTest {
    private static MeteredServer server;

    @BeforeAll
    static void start() throws IOException {
        server = MeteredServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void domains_areCountedByState() {
        FairleadServer daemon = server.daemon();
        DomainXml.sleeping(daemon, "d1").start(daemon);
        DomainXml.sleeping(daemon, "d2").start(daemon);
        DomainXml.sleeping(daemon, "d3").define(daemon);
        daemon.virsh().ok("suspend", "d2");

        Metrics metrics = server.metrics();

        assertEquals(1, metrics.of("fairlead_domains{state=\"running\"}"));
        assertEquals(1, metrics.of("fairlead_domains{state=\"paused\"}"));
        assertEquals(1, metrics.of("fairlead_domains{state=\"shutoff\"}"));
        assertEquals(0, metrics.of("fairlead_domains{state=\"unknown\"}"));
        daemon.wipe();
    }

    @Test
    void pools_showWhatPoolInfoShows() {
        Virsh virsh = server.daemon().virsh();
        String labels = "{pool=\"p\",type=\"dir\"}";
        try (TestPool pool = TestPool.start(server.daemon(), TestPool.Kind.FOLDER, "p")) {
            virsh.ok("vol-create-as", "p", "v1", "1M");
            virsh.ok("vol-create-as", "p", "v2", "1M");

            Metrics metrics = server.metrics();

            String capacity = virsh.ok("pool-info", "p", "--bytes").replaceFirst("(?s).*Capacity: +(\\d+).*", "$1");
            assertEquals(1, metrics.of("fairlead_storage_pool_active" + labels));
            assertEquals(Double.parseDouble(capacity), metrics.of("fairlead_storage_pool_capacity_bytes" + labels));
            assertEquals(
                    metrics.of("fairlead_storage_pool_capacity_bytes" + labels),
                    metrics.of("fairlead_storage_pool_allocation_bytes" + labels)
                            + metrics.of("fairlead_storage_pool_available_bytes" + labels));
            assertEquals(2, metrics.of("fairlead_storage_pool_volumes" + labels));

            virsh.ok("pool-destroy", "p");
            Metrics after = server.metrics();
            assertEquals(0, after.of("fairlead_storage_pool_active" + labels));
            assertFalse(after.has("fairlead_storage_pool_capacity_bytes" + labels));
        }
    }

    @Test
    void process_andConnections_areThere() throws IOException {
        Process client = Command.of("virsh", "-c", server.daemon().uri(), "event", "--all", "--loop")
                .start();
        try {
            Eventually.until(
                    "the client is counted",
                    Duration.ofSeconds(20),
                    () -> server.metrics().of("fairlead_libvirt_connections{}") == 1);
        } finally {
            client.destroy();
        }
        assertTrue(server.metrics().of("process_resident_memory_bytes{}") > 10 << 20);
    }

    @Test
    void clients_thatNeverFinishTheirRequest_takeFewFiles_andAreSentAway() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket client = new Socket("127.0.0.1", server.port());
                slow.add(client);
                client.getOutputStream().write("GET /metrics HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (SocketException e) {
            assertFalse(slow.isEmpty(), "some are let in");
        }
        try (Stream<Path> files =
                Files.list(Path.of("/proc", Long.toString(server.daemon().pid()), "fd"))) {
            long open = files.count();
            assertTrue(open < 300, open + " files are open");
        }
        server.daemon().virsh().ok("version");
        Eventually.until("numbers are served again", Duration.ofSeconds(60), () -> {
            try {
                return server.metrics().has("fairlead_libvirt_connections{}");
            } catch (AssertionError e) { // not yet
                return false;
            }
        });
        for (Socket client : slow) {
            client.close();
        }
    }

    @Test
    void address_thatIsTaken_stopsTheStart() throws IOException {
        Path directory = Scratch.newDirectory();
        Path config = Files.writeString(
                directory.resolve("fairlead.conf"), "metrics_addr = 127.0.0.1:%d%n".formatted(server.port()));
        Outcome outcome = Command.of(
                        FairleadServer.launcher().toString(),
                        "daemon",
                        "--root",
                        directory.resolve("root").toString(),
                        "--config",
                        config.toString())
                .run();
        assertEquals(1, outcome.exit(), outcome::toString);
        assertTrue(
                outcome.err()
                        .contains("metrics_addr: cannot listen at /127.0.0.1:%d: Address already in use"
                                .formatted(server.port())),
                outcome::toString);
        Scratch.delete(directory);
    }
}

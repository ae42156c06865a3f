package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Metrics;
import io.fairlead.conformance.client.RawConnection;
import io.fairlead.conformance.client.RawConnection.Packet;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.FairleadServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user without rights takes all that the read-only socket gives; root goes on undisturbed. */
@OnFairlead
class FloodTest {
    private static final String NOBODY = "65534";
    private static final String[] KINDS = {"connections", "halves", "large", "unread", "events", "pings", "churn"};
    private static final int GET_LIB_VERSION = 157;
    private static final int LIST_ALL_DOMAINS = 273;
    private static final Duration BRIEFLY = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofMillis(300);
    /** A shorter time would measure the machine, not the daemon. */
    private static final double MILLIS_UNFELT = 5;

    /** Other work on the same machine may come between. */
    private static final int TRIES = 3;

    private static final long HELD_MAX = 160 << 20;
    private static final Duration SOON = Duration.ofSeconds(20);

    private static MeteredServer server;

    @BeforeAll
    static void start() throws IOException {
        server = MeteredServer.start();
        DomainXml.sleeping(server.daemon(), "c1").start(server.daemon());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connections", "halves", "large", "unread", "events", "pings", "churn"})
    void floodOfOneKind_leavesRootItsCalls_andTheMemoryComesBack(String kind) throws Exception {
        flood(BRIEFLY, kind);
    }

    @Test
    @Tag("soak")
    void floodOfEveryKindAtOnce_forAMinute_leavesRootItsCalls_andTheMemoryComesBack() throws Exception {
        flood(Duration.ofMinutes(1), KINDS);
    }

    private static void flood(Duration length, String... kinds) throws Exception {
        calls(IDLE, () -> true); // compiled
        long before = resident();
        List<String> slow = new ArrayList<>();
        while (slow.size() < TRIES) {
            String said = slowedDown(length, kinds);
            Eventually.until("the memory of packets is given back", SOON, FloodTest::isQuiet);
            if (said == null) {
                break;
            }
            slow.add(said);
        }
        assertTrue(slow.size() < TRIES, slow.toString());
        assertTrue(resident() < before + HELD_MAX, "%d bytes resident, %d before".formatted(resident(), before));
    }

    /** Returns null if root did not notice the flood, else root's observation. */
    private static String slowedDown(Duration length, String... kinds) throws Exception {
        double idle = median(calls(IDLE, () -> true));
        Process flood = flooding(length, kinds);
        List<Double> times = calls(Duration.ofMinutes(3), flood::isAlive);
        String told = new String(flood.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String wrong = new String(flood.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, flood.waitFor(), wrong);
        assertEquals(kinds.length, told.lines().count(), told);
        double flooded = median(times);
        String said = "a connection with two calls took %.1f ms, under the flood %.1f ms, at most %.1f ms; %s"
                .formatted(
                        idle, flooded, times.get(times.size() - 1), told.strip().replace("\n", "; "));
        System.out.println(said);
        return flooded <= Math.max(2 * idle, idle + MILLIS_UNFELT) ? null : said;
    }

    private static Process flooding(Duration length, String... kinds) {
        FairleadServer daemon = server.daemon();
        Path script = Scripts.unpack(server.directory(), "socket_flood.py");
        String seconds = Double.toString(length.toMillis() / 1e3);
        String[] asNobody = {"setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"};
        String[] words = {
            "/usr/bin/python3", script.toString(), daemon.readOnlySocket().toString(), seconds
        };
        return Command.of(Stream.of(asNobody, words, kinds)
                        .flatMap(Arrays::stream)
                        .toList())
                .start();
    }

    /** Root's calls meanwhile: milliseconds for each connection with two calls, the longest last. */
    private static List<Double> calls(Duration length, BooleanSupplier goingOn) {
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + length.toNanos();
        while (goingOn.getAsBoolean() && System.nanoTime() < end || times.size() < 3) {
            long start = System.nanoTime();
            try (RawConnection root = RawConnection.to(server.daemon().socket()).open()) {
                assertEquals(0, root.call(GET_LIB_VERSION).status());
                Packet domains = root.call(
                        LIST_ALL_DOMAINS,
                        ByteBuffer.allocate(8).putInt(1).putInt(0).flip());
                assertEquals(1, domains.payload().getInt(), "domains");
            }
            times.add((System.nanoTime() - start) / 1e6);
            Eventually.sleep(Duration.ofMillis(5));
        }
        return times.stream().sorted().toList();
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static boolean isQuiet() {
        Metrics metrics = server.metrics();
        return metrics.of("fairlead_libvirt_connections{}") == 0
                && metrics.of("fairlead_libvirt_held_bytes{}") == 0
                && metrics.of("fairlead_libvirt_unexpected_failures{}") == 0;
    }

    private static long resident() {
        return (long) server.metrics().of("process_resident_memory_bytes{}");
    }
}

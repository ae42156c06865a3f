package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.NativeLibrary;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.RawConnection;
import io.fairlead.conformance.client.RawConnection.Packet;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import io.fairlead.rpc.protocol.QemuProcedure;
import io.fairlead.rpc.protocol.RemoteProcedure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The protocol below the calls: features, refusals, keepalive, order, and connections by the thousand. */
class WireTest {
    private static final int SUPPORTS_FEATURE = 60;
    private static final int GET_LIB_VERSION = 157;
    private static final int LIST_ALL_DOMAINS = 273;
    private static final int DEFINE_XML = 11;
    private static final int LOOKUP_BY_NAME = 23;
    private static final Duration SOON = Duration.ofSeconds(10);

    @Case
    void features_whenAsked_areTheOnesClientsNeed(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            for (int feature : new int[] {8, 9, 10, 14, 15}) {
                assertEquals(1, feature(connection, feature), "feature " + feature);
            }
            for (int feature : new int[] {1, 2, 3, 4, 5, 6, 11, 12, 13}) {
                assertEquals(0, feature(connection, feature), "feature " + feature);
            }
        }
    }

    private static int feature(RawConnection connection, int feature) {
        Packet reply = connection.call(
                SUPPORTS_FEATURE, ByteBuffer.allocate(4).putInt(feature).flip());
        assertEquals(0, reply.status(), () -> reply.error());
        return reply.payload().getInt();
    }

    @Case
    void feature_whenAskedBeforeOpen_isAnswered(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket())) {
            connection.call(66);
            assertEquals(1, feature(connection, 10));
        }
    }

    @Case
    void procedure_whenUnknown_isRefusedTheWayClientsUnderstand(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            Packet reply = connection.call(9999);

            assertEquals(1, reply.status());
            assertTrue(reply.error().matches("39/(7|13) unknown procedure: 9999"), reply.error());
            assertEquals(0, connection.call(GET_LIB_VERSION).status());
        }
    }

    @Case
    void program_whenUnknown_isRefused(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            Packet reply = connection.call(0x12345678, 1, 1, ByteBuffer.allocate(0));

            assertEquals(1, reply.status());
            assertTrue(reply.error().matches("39/7 Cannot find program 305419896 version 1"), reply.error());
            assertEquals(0, connection.call(GET_LIB_VERSION).status());
        }
    }

    @Case
    void call_whenBeforeOpen_isRefused(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket())) {
            connection.call(66);
            Packet reply = connection.call(
                    LIST_ALL_DOMAINS, ByteBuffer.allocate(8).putInt(1).putInt(0).flip());

            assertEquals(1, reply.status());
            assertTrue(reply.error().contains("connection not open"), reply.error());
        }
    }

    @Case
    void arguments_whenTruncated_areRefused(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            Packet reply = connection.call(
                    LIST_ALL_DOMAINS, ByteBuffer.allocate(4).putInt(1).flip());

            assertEquals(1, reply.status());
            assertTrue(reply.error().startsWith("39/7 "), reply.error());
        }
    }

    /** Words, padding and text as libtirpc lets them pass; go-libvirt writes the word 0x01000000 for "present". */
    @Case
    void arguments_whenSloppy_areTaken(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket())) {
            connection.call(66);
            assertEquals(
                    0,
                    connection
                            .call(1, arguments(0x01000000, "lxc:///system", "???", 0))
                            .status());
            for (String name : new String[] {"no-such\0thing", "no-such"}) {
                Packet reply = connection.call(LOOKUP_BY_NAME, arguments(name, "???", 0xdeadbeef));
                assertEquals("42/17 Domain not found: No domain with matching name 'no-such'", told(reply));
            }
        }
    }

    private static String told(Packet reply) {
        // The original's driver leaves out the capital letter.
        return reply.error().replace(": no domain", ": No domain");
    }

    @Case
    void document_whenNotInUtf8_isNoXml_whateverItSays(Server server) {
        String title = "caf\u00e9";
        String document =
                DomainXml.sleeping(server, "c1").text().replace("<name>", "<title>" + title + "</title><name>");
        byte[] latin1 =
                ("<?xml version='1.0' encoding='ISO-8859-1'?>" + document).getBytes(StandardCharsets.ISO_8859_1);
        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            ByteBuffer arguments = ByteBuffer.allocate(8 + latin1.length);
            arguments
                    .putInt(latin1.length)
                    .put(latin1)
                    .position(4 + (latin1.length + 3 & ~3))
                    .flip();
            Packet reply = connection.call(DEFINE_XML, arguments);
            assertEquals(1, reply.status());
            // Its code 35 is for its parser's errors; ours is that of any error in a document.
            assertTrue(reply.error().matches("(?s)(27|35)/20 .*"), reply.error());
        }
        assertTrue(server.virsh().refused("desc", "c1").contains("failed to get domain 'c1'"));
    }

    @Case
    void call_withAStatus_isRefused_andPacketsThatMeanNothing_areIgnored(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            connection.sendBytes(ByteBuffer.allocate(28)
                    .putInt(28)
                    .putInt(RawConnection.REMOTE)
                    .putInt(1)
                    .putInt(GET_LIB_VERSION)
                    .putInt(RawConnection.CALL)
                    .putInt(99)
                    .putInt(1)
                    .flip());
            Packet reply = connection.receive(SOON);
            assertEquals(99, reply.serial());
            assertEquals("39/7 Unexpected message status 1", reply.error());
            connection.send(RawConnection.REMOTE, 1, GET_LIB_VERSION, RawConnection.MESSAGE, 0, ByteBuffer.allocate(0));
            assertEquals(0, connection.call(GET_LIB_VERSION).status());
        }
    }

    /** Strings with the bytes behind them as padding, and words. */
    private static ByteBuffer arguments(Object... parts) {
        ByteBuffer out = ByteBuffer.allocate(200);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] instanceof String text) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                byte[] padding = parts[++i].toString().getBytes(StandardCharsets.UTF_8);
                out.putInt(bytes.length).put(bytes).put(padding, 0, -bytes.length & 3);
            } else {
                out.putInt((Integer) parts[i]);
            }
        }
        return out.flip();
    }

    @Case
    void function_whenTheDriverHasItNot_isNamed(Server server) {
        DomainXml.sleeping(server, "c1").define(server);
        Virsh virsh = server.virsh();
        Map<String, List<String>> calls = Map.of(
                "virConnectGetCPUModelNames", List.of("cpu-models", "x86_64"),
                "virDomainGetIOThreadInfo", List.of("iothreadinfo", "c1"),
                "virConnectGetAllDomainStats", List.of("domstats"),
                "virDomainListGetStats", List.of("domstats", "c1"),
                "virDomainListAllCheckpoints", List.of("checkpoint-list", "c1"),
                "virDomainGetPerfEvents", List.of("perf", "c1"),
                "virDomainQemuMonitorCommand", List.of("qemu-monitor-command", "c1", "info"),
                "virDomainCoreDump", List.of("dump", "c1", "/nowhere"));
        calls.forEach((function, words) -> {
            String refusal = virsh.refused(words.toArray(String[]::new));
            assertTrue(
                    refusal.contains("this function is not supported by the connection driver: " + function), refusal);
        });
    }

    /** The library exports every function, even those that a driver may lack. */
    @Test
    void functions_haveTheNamesThatTheLibraryHas() {
        NativeLibrary library = NativeLibrary.getInstance("virt");
        for (RemoteProcedure procedure : RemoteProcedure.calls()) {
            if (!procedure.name().startsWith("AUTH_") && !procedure.name().contains("EVENT_CALLBACK")) {
                library.getGlobalVariableAddress(procedure.function()); // throws for an unknown one
            }
        }
        for (QemuProcedure procedure : QemuProcedure.values()) {
            NativeLibrary.getInstance("virt-qemu").getGlobalVariableAddress(procedure.function());
        }
    }

    @Case
    void length_whenAbsurd_endsThatConnectionOnly(Server server) {
        for (int length : new int[] {0, 3, 27, 33_554_437, Integer.MAX_VALUE, -1}) {
            try (RawConnection connection = RawConnection.to(server.socket()).open()) {
                connection.sendBytes(
                        ByteBuffer.allocate(64).putInt(length).position(64).flip());

                assertTrue(connection.isHungUpWithin(SOON), "length " + length);
            }
        }
        server.virsh().ok("version");
    }

    @Case
    void packet_whenInPieces_isWaitedFor(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            ByteBuffer packet = ByteBuffer.allocate(28)
                    .putInt(28)
                    .putInt(RawConnection.REMOTE)
                    .putInt(1)
                    .putInt(GET_LIB_VERSION)
                    .putInt(0)
                    .putInt(7)
                    .putInt(0)
                    .flip();
            for (byte one : packet.array()) {
                connection.sendBytes(ByteBuffer.wrap(new byte[] {one}));
                Eventually.sleep(Duration.ofMillis(2));
            }
            assertEquals(7, connection.receive(SOON).serial());
        }
    }

    @Case
    void calls_whenManyAreOutstanding_areEachAnsweredOnce(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            Set<Integer> open = new HashSet<>();
            for (int serial = 1000; serial < 1200; serial++) {
                connection.send(
                        RawConnection.REMOTE, 1, GET_LIB_VERSION, RawConnection.CALL, serial, ByteBuffer.allocate(0));
                open.add(serial);
            }
            while (!open.isEmpty()) {
                Packet reply = connection.receive(SOON);
                assertTrue(open.remove(reply.serial()), "serial " + reply.serial());
                assertEquals(0, reply.status());
            }
        }
    }

    @Case
    void ping_whenSent_isAnswered(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            connection.send(RawConnection.KEEPALIVE, 1, 1, RawConnection.MESSAGE, 0, ByteBuffer.allocate(0));

            Packet pong = connection.receive(SOON);

            assertEquals(RawConnection.KEEPALIVE, pong.program());
            assertEquals(2, pong.procedure());
            assertEquals(RawConnection.MESSAGE, pong.type());
        }
    }

    @Case(notTheOracle = "its times are the same, and waiting for them once a run is enough")
    void client_whenFrozen_isPingedAndAtLastHungUpOn(Server server) {
        try (RawConnection connection = RawConnection.to(server.socket()).open()) {
            feature(connection, 10);

            Packet ping = connection.receive(Duration.ofSeconds(8));

            assertEquals(RawConnection.KEEPALIVE, ping.program());
            assertEquals(1, ping.procedure());
            assertTrue(connection.isHungUpWithin(Duration.ofSeconds(40)));
        }
    }

    @Case
    void garbage_whenSent_harmsNobodyElse(Server server) {
        Random random = new Random(42);
        for (int i = 0; i < 200; i++) {
            try (RawConnection connection = RawConnection.to(server.socket())) {
                byte[] noise = new byte[1 + random.nextInt(200)];
                random.nextBytes(noise);
                // A plausible start gets past the first checks.
                if (i % 2 == 0 && noise.length >= 28) {
                    ByteBuffer.wrap(noise)
                            .putInt(noise.length)
                            .putInt(RawConnection.REMOTE)
                            .putInt(1)
                            .putInt(random.nextInt(450))
                            .putInt(random.nextInt(8));
                }
                connection.sendBytes(ByteBuffer.wrap(noise));
            } catch (UncheckedIOException e) {
                // Hung up on while still writing: as it should be.
                assertTrue(e.getCause() instanceof IOException);
            }
        }
        server.virsh().ok("version");
    }

    @Case
    void connections_whenThousandsComeAndGo_leaveNothing(Server server) {
        server.virsh().ok("version");
        connect(server, 100);
        int before = descriptors(server);

        connect(server, server.isOracle() ? 300 : 3000);

        Eventually.see("descriptors are back", SOON, () -> descriptors(server), now -> now <= before + 5);
    }

    private static void connect(Server server, int times) {
        List<RawConnection> open = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            open.add(RawConnection.to(server.socket()).open());
            if (open.size() == 50) {
                open.forEach(RawConnection::close);
                open.clear();
            }
        }
        open.forEach(RawConnection::close);
    }

    private static int descriptors(Server server) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.DomainEvents;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.RpcException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileClientTest {
    private static final String REST_OF_CALL =
            "20008086" + "00000001" + "0000009d" + "00000000" + "00000000" + "00000000";

    @TempDir
    Path directory;

    private ServerFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ServerFixture(directory, ServerSettings.defaults());
    }

    @AfterEach
    void stop() throws Exception {
        fixture.awaitIdle();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00000003", "0000001b", "02000005", "7fffffff", "80000000", "ffffffff"})
    void packet_whenLengthIsImpossible_endsTheConnection(String length) {
        try (TestClient client = fixture.client()) {
            client.write(HexFormat.of().parseHex(length + REST_OF_CALL));
            assertTrue(client.isDropped());
        }
    }

    @Test
    void packet_thatPromisesDescriptorsWithoutTheirCount_endsTheConnection() {
        try (TestClient client = fixture.client()) {
            client.write(HexFormat.of()
                    .parseHex("0000001c" + "20008086" + "00000001" + "0000009d" + "00000004" + "0000000000000000"));
            assertTrue(client.isDropped());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000001", "00000007", "ffffffff"}) // a reply, and no types at all
    void packet_ofATypeThatNoClientSends_isIgnored(String type) throws Exception {
        try (TestClient client = fixture.client()) {
            client.write(HexFormat.of()
                    .parseHex("0000001c" + "20008086" + "00000001" + "0000009d" + type + "0000000000000000"));
            assertEquals(
                    "LXC", client.call(ConnectionCalls.CONNECT_GET_TYPE, null).type());
        }
    }

    @Test
    void call_withAStatusOfItsOwn_isRefused_andTheConnectionGoesOn() throws Exception {
        try (TestClient client = fixture.client()) {
            client.write(HexFormat.of()
                    .parseHex("0000001c" + "20008086" + "00000001" + "0000009d" + "000000000000000000000001"));
            try (Packet reply = client.next()) {
                RpcException refused = assertThrows(RpcException.class, () -> TestClient.requireOk(reply));
                assertEquals("Unexpected message status 1", refused.getMessage());
            }
            assertEquals(
                    "LXC", client.call(ConnectionCalls.CONNECT_GET_TYPE, null).type());
        }
    }

    @Test
    void packet_whenBytesArriveOneByOne_isUnderstood() throws Exception {
        try (TestClient client = fixture.client()) {
            for (byte b : HexFormat.of().parseHex("0000001c" + REST_OF_CALL)) {
                client.write(new byte[] {b});
                Thread.sleep(2);
            }
            try (Packet reply = client.next()) {
                assertEquals(36, reply.header().length());
            }
        }
    }

    @Test
    void packets_whenManyArriveAtOnce_areAllAnswered() throws Exception {
        try (TestClient client = fixture.client()) {
            client.write(HexFormat.of().parseHex(("0000001c" + REST_OF_CALL).repeat(1000)));
            for (int i = 0; i < 1000; i++) {
                client.next().close();
            }
        }
    }

    @Test
    void strayMessagesAndStreamPackets_areIgnored() throws Exception {
        try (TestClient client = fixture.client()) {
            client.write(HexFormat.of()
                    .parseHex(
                            "0000001c" + "20008086" + "00000001" + "0000013e" + "00000002" + "00000000" + "00000000"));
            client.write(HexFormat.of()
                    .parseHex(
                            "0000001c" + "20008086" + "00000001" + "000000c9" + "00000003" + "00000063" + "00000002"));
            assertEquals(
                    "LXC", client.call(ConnectionCalls.CONNECT_GET_TYPE, null).type());
        }
    }

    @Test
    void client_thatNeverCalls_isDroppedInTime(@TempDir Path other) throws Exception {
        ServerSettings hasty = ServerSettings.defaults()
                .withKeepAlive(Duration.ofMillis(100), 5)
                .withTimeouts(Duration.ofMillis(300), Duration.ofMillis(300));
        try (ServerFixture quick = new ServerFixture(other, hasty);
                TestClient silent = quick.client();
                TestClient dripping = quick.client();
                TestClient good = quick.client()) {
            good.call(ConnectionCalls.CONNECT_GET_TYPE, null);
            dripping.call(ConnectionCalls.CONNECT_GET_TYPE, null);
            dripping.write(HexFormat.of().parseHex("0000001c"));
            assertTrue(silent.isDropped());
            assertTrue(dripping.isDropped());
            good.call(ConnectionCalls.CONNECT_GET_TYPE, null);
        }
    }

    @Test
    void clients_beyondTheLimit_areClosedAtAccept_andALeavingOneMakesRoom(@TempDir Path other) throws Exception {
        try (ServerFixture small =
                        new ServerFixture(other, ServerSettings.defaults().withMaxClients(2));
                TestClient one = small.client()) {
            TestClient two = small.client();
            one.call(ConnectionCalls.CONNECT_GET_TYPE, null);
            two.call(ConnectionCalls.CONNECT_GET_TYPE, null);
            try (TestClient three = small.client()) {
                assertTrue(three.isDropped());
            }
            two.close();
            ServerFixture.await("room", () -> small.server.counters().openConnections() == 1);
            try (TestClient four = small.client()) {
                four.call(ConnectionCalls.CONNECT_GET_TYPE, null);
            }
        }
    }

    @Test
    void client_thatDoesNotReadItsEvents_isDisconnected_andTheSenderNeverWaits(@TempDir Path other) throws Exception {
        AtomicReference<Connection> connection = new AtomicReference<>();
        Program program = new Program(
                0x20008086,
                1,
                List.of(Procedure.action(
                        ConnectionCalls.CONNECT_CLOSE,
                        Execution.INLINE,
                        (call, none) -> connection.set(call.connection()))));
        try (RpcServer server = RpcServer.builder().program(program).build()) {
            server.listen(new UnixEndpoint(other.resolve("s"), 0700, false));
            try (TestClient client = TestClient.connect(other.resolve("s"))) {
                client.call(ConnectionCalls.CONNECT_CLOSE, null);
                client.readNothing();
                DomainEvents.DomainEventCallbackLifecycleMsg event =
                        new DomainEvents.DomainEventCallbackLifecycleMsg(1, ToyDriver.TOY, 5, 1);
                long start = System.nanoTime();
                int sent = 0;
                while (connection.get().isOpen()) {
                    connection.get().send(DomainEvents.DOMAIN_EVENT_CALLBACK_LIFECYCLE, event);
                    sent++;
                    assertTrue(sent < 1_000_000, "never disconnected");
                }
                assertTrue(System.nanoTime() - start < 10_000_000_000L);
                connection.get().send(DomainEvents.DOMAIN_EVENT_CALLBACK_LIFECYCLE, event);
            }
            ServerFixture.await("queue is given back", () -> server.counters().queuedBytes() == 0);
        }
    }

    @Test
    void client_thatCallsWithoutReading_isNotReadAnyMore() throws Exception {
        try (TestClient client = fixture.client()) {
            client.readNothing();
            byte[] calls = HexFormat.of().parseHex(("0000001c" + REST_OF_CALL).repeat(1000));
            for (int i = 0; i < 300; i++) {
                client.write(calls);
            }
            Thread.sleep(500);
            assertTrue(fixture.server.counters().queuedBytes() < 2 << 20);
            client.readOn();
            for (int i = 0; i < 300_000; i++) {
                client.next().close();
            }
        }
    }

    @Test
    void connections_openingAndClosingByThousands_leakNothing() throws Exception {
        warmUp();
        long before = ServerFixture.openDescriptors();
        for (int round = 0; round < 50; round++) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                TestClient client = fixture.client();
                clients.add(client);
                if (i % 3 == 0) {
                    client.start(ConnectionCalls.CONNECT_GET_TYPE, null); // and leaves without the answer
                } else if (i % 3 == 1) {
                    client.write(new byte[] {0, 0, 0, 28, 32}); // and leaves in the middle of a packet
                }
            }
            clients.forEach(TestClient::close);
            fixture.awaitIdle(); // a full backlog would refuse our next connections, which do not wait as libvirt's do
        }
        assertTrue(ServerFixture.openDescriptors() <= before, "descriptors leaked");
    }

    private void warmUp() throws Exception {
        try (TestClient client = fixture.client()) {
            client.call(ConnectionCalls.CONNECT_GET_TYPE, null);
            assertFalse(client.channel().closeFuture().isDone());
        }
        fixture.awaitIdle();
    }
}

package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.rpc.protocol.AuthenticationCalls;
import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.DomainDefinitionCalls;
import io.fairlead.rpc.protocol.DomainEvents;
import io.fairlead.rpc.protocol.DomainLifecycleCalls;
import io.fairlead.rpc.protocol.DomainListCalls;
import io.fairlead.rpc.protocol.DomainStateCalls;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import io.fairlead.rpc.xdr.XdrCodec;
import io.netty.buffer.ByteBufUtil;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
    private ServerFixture fixture;
    private TestClient client;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        fixture = new ServerFixture(directory, ServerSettings.defaults());
        client = fixture.client();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        fixture.awaitIdle();
        fixture.close();
    }

    @Test
    void call_whenHandlerAnswers_repliesWithItsRecord() throws Exception {
        DomainStateCalls.DomainGetInfoRet info = client.call(DomainStateCalls.DOMAIN_GET_INFO, ToyDriver.TOY);
        assertEquals(new DomainStateCalls.DomainGetInfoRet(1, 1024, 512, 2, 7_000_000_000L), info);
    }

    @Test
    void call_asLibvirtsClientSendsIt_isAnsweredByteForByte() throws Exception {
        // CONNECT_GET_LIB_VERSION with serial 7: length, program, version, procedure, type, serial, status
        client.write(HexFormat.of()
                .parseHex("0000001c" + "20008086" + "00000001" + "0000009d" + "00000000" + "00000007" + "00000000"));
        try (Packet reply = client.next()) {
            assertEquals(36, reply.header().length());
            assertEquals(MessageType.REPLY, reply.header().type());
            assertEquals(7, reply.header().serial());
            assertEquals("0000000000895440", ByteBufUtil.hexDump(reply.payload()));
        }
    }

    @Test
    void call_whenProcedureIsNotServed_isRefusedByTheNameOfItsFunction() {
        RpcException e =
                assertThrows(RpcException.class, () -> client.call(DomainStateCalls.DOMAIN_GET_OS_TYPE, ToyDriver.TOY));
        assertEquals(3, e.error().code());
        assertEquals(20, e.error().domain());
        assertEquals(2, e.error().level());
        assertEquals("this function is not supported by the connection driver: virDomainGetOSType", e.getMessage());
        assertEquals("virDomainGetOSType", e.error().str2());
    }

    @ParameterizedTest
    @CsvSource({"444, 000001bc", "0, 00000000", "-1, ffffffff", "107, 0000006b"}) // the last is a message of ours
    void call_whenNoClientCanNameIt_isUnknownInWordsThatClientsKnow(int number, String procedure) throws Exception {
        client.write(HexFormat.of().parseHex("0000001c" + "20008086" + "00000001" + procedure + "0".repeat(24)));
        try (Packet reply = client.next()) {
            RpcException e = assertThrows(RpcException.class, () -> TestClient.requireOk(reply));
            assertEquals(39, e.error().code());
            assertEquals(7, e.error().domain());
            assertEquals("unknown procedure: " + number, e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "20008087, 00000001, Cannot find program 536903815 version 1",
        "20008086, 00000002, Cannot find program 536903814 version 2"
    })
    void call_whenProgramOrVersionIsUnknown_saysWhich(String program, String version, String message) throws Exception {
        client.write(HexFormat.of()
                .parseHex("0000001c" + program + version + "00000001" + "00000000" + "00000000" + "00000000"));
        try (Packet reply = client.next()) {
            RpcException e = assertThrows(RpcException.class, () -> TestClient.requireOk(reply));
            assertEquals(message, e.getMessage());
            assertEquals(39, e.error().code());
        }
    }

    @Test
    void call_whenArgumentsCannotBeDecoded_failsAndTheConnectionStays() throws Exception {
        // DOMAIN_LOOKUP_BY_NAME with a string that claims 4 GiB
        client.write(HexFormat.of()
                .parseHex("00000020" + "20008086" + "00000001" + "00000017" + "00000000" + "00000000" + "00000000"
                        + "ffffffff"));
        try (Packet reply = client.next()) {
            RpcException e = assertThrows(RpcException.class, () -> TestClient.requireOk(reply));
            assertEquals(39, e.error().code());
        }
        assertEquals(
                ToyDriver.TOY,
                client.call(DomainListCalls.DOMAIN_LOOKUP_BY_NAME, new DomainListCalls.DomainLookupByNameArgs("toy")));
    }

    @Test
    void call_whenHandlerThrowsUnexpectedly_tellsNothingOfTheInside() {
        RpcException e =
                assertThrows(RpcException.class, () -> client.call(ConnectionCalls.CONNECT_GET_HOSTNAME, null));
        assertEquals(RpcError.INTERNAL_ERROR, e.error().code());
        assertTrue(!e.getMessage().contains("nobody expects"), e.getMessage());
    }

    @Test
    void call_whenHandlerThrowsItsOwnError_passesItOn() {
        RpcException e = assertThrows(
                RpcException.class,
                () -> client.call(
                        DomainListCalls.DOMAIN_LOOKUP_BY_NAME, new DomainListCalls.DomainLookupByNameArgs("x")));
        assertEquals(42, e.error().code());
        assertEquals(17, e.error().domain());
        assertEquals("Domain not found: No domain with matching name 'x'", e.getMessage());
        assertEquals("%s", e.error().str1());
    }

    @Test
    void errors_areWordedByTheMapper(@TempDir Path directory) throws Exception {
        Program program = new Program(
                0x20008086,
                1,
                List.of(Procedure.action(ConnectionCalls.CONNECT_CLOSE, Execution.WORKER, (call, none) -> {
                    throw new ArithmeticException("boom");
                })));
        try (RpcServer server = RpcServer.builder()
                .program(program)
                .errors(failure -> failure instanceof ArithmeticException
                        ? RpcError.of(55, 20, "mapped " + failure.getMessage())
                        : null)
                .build()) {
            server.listen(new UnixEndpoint(directory.resolve("s"), 0700, false));
            try (TestClient other = TestClient.connect(directory.resolve("s"))) {
                RpcException e =
                        assertThrows(RpcException.class, () -> other.call(ConnectionCalls.CONNECT_CLOSE, null));
                assertEquals("mapped boom", e.getMessage());
                assertEquals(55, e.error().code());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000_000})
    void errors_whenTheirTextCannotBeSent_areMendedAndSent(int length, @TempDir Path directory) throws Exception {
        Program program = new Program(
                0x20008086,
                1,
                List.of(Procedure.action(ConnectionCalls.CONNECT_CLOSE, Execution.INLINE, (call, none) -> {
                    throw new RpcException(1, 20, length == 0 ? null : "\0".repeat(length));
                })));
        try (RpcServer server = RpcServer.builder().program(program).build()) {
            server.listen(new UnixEndpoint(directory.resolve("s"), 0700, false));
            try (TestClient other = TestClient.connect(directory.resolve("s"))) {
                RpcException e =
                        assertThrows(RpcException.class, () -> other.call(ConnectionCalls.CONNECT_CLOSE, null));
                assertEquals(20, e.error().domain());
            }
        }
    }

    @Test
    void readOnlySocket_refusesWritesInLibvirtsWords_andAllowsReads() throws Exception {
        try (TestClient reader = TestClient.connect(fixture.readOnlySocket)) {
            RpcException e = assertThrows(
                    RpcException.class, () -> reader.call(DomainLifecycleCalls.DOMAIN_DESTROY, ToyDriver.TOY));
            assertEquals(29, e.error().code());
            assertEquals(20, e.error().domain());
            assertEquals("operation forbidden: read only access prevents virDomainDestroy", e.getMessage());
            reader.call(DomainStateCalls.DOMAIN_GET_INFO, ToyDriver.TOY);
        }
    }

    @Test
    void open_withTheReadOnlyFlag_restrictsTheConnection() throws Exception {
        client.call(ConnectionCalls.CONNECT_OPEN, new ConnectionCalls.ConnectOpenArgs("lxc:///system", 1));
        assertThrows(RpcException.class, () -> client.call(DomainLifecycleCalls.DOMAIN_DESTROY, ToyDriver.TOY));
    }

    @Test
    void authentication_offersNone_andRefusesTheOthers() throws Exception {
        assertArrayEquals(
                new int[] {0}, client.call(AuthenticationCalls.AUTH_LIST, null).types());
        for (Signature<Void, ?> other :
                List.<Signature<Void, ?>>of(AuthenticationCalls.AUTH_POLKIT, AuthenticationCalls.AUTH_SASL_INIT)) {
            RpcException e = assertThrows(RpcException.class, () -> client.call(other, null));
            assertEquals(45, e.error().code());
        }
    }

    @Test
    void replies_mayOvertakeSlowerCalls(@TempDir Path directory) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Program program = new Program(
                0x20008086,
                1,
                List.of(
                        Procedure.action(
                                ConnectionCalls.CONNECT_CLOSE,
                                Execution.WORKER,
                                (call, none) -> release.await(10, TimeUnit.SECONDS)),
                        Procedure.of(
                                ConnectionCalls.CONNECT_GET_TYPE,
                                Execution.INLINE,
                                (call, none) -> new ConnectionCalls.ConnectGetTypeRet("x"))));
        try (RpcServer server = RpcServer.builder().program(program).build()) {
            server.listen(new UnixEndpoint(directory.resolve("s"), 0700, false));
            try (TestClient other = TestClient.connect(directory.resolve("s"))) {
                int slow = other.start(ConnectionCalls.CONNECT_CLOSE, null);
                int fast = other.start(ConnectionCalls.CONNECT_GET_TYPE, null);
                try (Packet first = other.next()) {
                    assertEquals(fast, first.header().serial());
                }
                for (int i = 0; i < 4; i++) {
                    other.start(ConnectionCalls.CONNECT_CLOSE, null);
                }
                other.start(ConnectionCalls.CONNECT_GET_TYPE, null); // the sixth in work: not read before one ends
                assertTrue(other.nothingFor(200));
                assertEquals(5, server.counters().callsInWork());
                release.countDown();
                try (Packet next = other.next()) {
                    assertTrue(next.header().serial() >= slow);
                }
                for (int i = 0; i < 5; i++) {
                    other.next().close();
                }
            }
        }
    }

    @Test
    void events_areSentWithTheirOwnHeader() throws Exception {
        int serial = client.start(DomainLifecycleCalls.DOMAIN_DESTROY, ToyDriver.TOY);
        try (Packet event = client.next();
                Packet reply = client.next()) {
            assertEquals(MessageType.MESSAGE, event.header().type());
            assertEquals(318, event.header().procedure());
            assertEquals(1, event.header().serial());
            assertEquals(
                    new DomainEvents.DomainEventCallbackLifecycleMsg(1, ToyDriver.TOY, 5, 1),
                    XdrCodec.of(DomainEvents.DomainEventCallbackLifecycleMsg.class)
                            .read(event.payload()));
            assertEquals(serial, reply.header().serial());
        }
    }

    @Test
    void peer_isKnownByTheKernelsWord_andCloseActionsRunOnce(@TempDir Path directory) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch closed = new CountDownLatch(3);
        Program program = new Program(
                0x20008086,
                1,
                List.of(Procedure.action(ConnectionCalls.CONNECT_CLOSE, Execution.INLINE, (call, none) -> {
                    Peer peer = call.connection().peer();
                    seen.add(peer.transport() + " " + peer.pid() + " " + peer.address());
                    call.connection().onClose(() -> {
                        seen.add("first");
                        closed.countDown();
                        throw new IllegalStateException("must not keep the second from running");
                    });
                    Connection connection = call.connection();
                    connection.onClose(() -> {
                        seen.add("second");
                        closed.countDown();
                        connection.onClose(closed::countDown);
                    });
                })));
        Path socket = directory.resolve("s");
        try (RpcServer server = RpcServer.builder().program(program).build()) {
            server.listen(new UnixEndpoint(socket, 0700, false));
            try (TestClient other = TestClient.connect(socket)) {
                other.call(ConnectionCalls.CONNECT_CLOSE, null);
            }
            assertTrue(closed.await(10, TimeUnit.SECONDS));
            assertEquals(List.of("UNIX " + ProcessHandle.current().pid() + " " + socket, "first", "second"), seen);
        }
    }

    @Test
    void reply_largerThanAPacketMayBe_becomesAnError(@TempDir Path directory) throws Exception {
        String text = "x".repeat(5_000_000); // strings end at 4 MiB
        Program program = new Program(
                0x20008086,
                1,
                List.of(Procedure.of(
                        DomainDefinitionCalls.DOMAIN_GET_XML_DESC,
                        Execution.WORKER,
                        (call, args) -> new DomainDefinitionCalls.DomainGetXmlDescRet(text))));
        try (RpcServer server = RpcServer.builder().program(program).build()) {
            server.listen(new UnixEndpoint(directory.resolve("s"), 0700, false));
            try (TestClient other = TestClient.connect(directory.resolve("s"))) {
                RpcException e = assertThrows(
                        RpcException.class,
                        () -> other.call(
                                DomainDefinitionCalls.DOMAIN_GET_XML_DESC,
                                new DomainDefinitionCalls.DomainGetXmlDescArgs(ToyDriver.TOY, 0)));
                assertEquals(39, e.error().code());
                assertEquals(
                        "the answer is too long to be sent: 5000000 bytes of text or data (at most 4194304)",
                        e.getMessage());
                assertEquals(0, server.counters().unexpectedFailures());
            }
        }
    }

    /** Thrown by the handler itself, by the stage it returns, and by the reply when it is encoded. */
    @ParameterizedTest
    @ValueSource(strings = {"inline", "worker", "stage", "reply"})
    void error_ofAnyKindAndAnywhere_isAnsweredAndCounted(String where, @TempDir Path directory) throws Exception {
        Procedure<Void, ConnectionCalls.ConnectGetTypeRet> procedure =
                switch (where) {
                    case "inline", "worker" -> Procedure.of(
                            ConnectionCalls.CONNECT_GET_TYPE,
                            where.equals("inline") ? Execution.INLINE : Execution.WORKER,
                            (call, none) -> {
                                throw new StackOverflowError();
                            });
                    case "stage" -> Procedure.async(
                            ConnectionCalls.CONNECT_GET_TYPE,
                            (call, none) -> CompletableFuture.failedFuture(new OutOfMemoryError("direct memory")));
                    default -> Procedure.async(
                            ConnectionCalls.CONNECT_GET_TYPE,
                            (call, none) ->
                                    CompletableFuture.completedFuture(new ConnectionCalls.ConnectGetTypeRet(null)));
                };
        Program program = new Program(0x20008086, 1, List.of(procedure));
        try (RpcServer server = RpcServer.builder().program(program).build()) {
            server.listen(new UnixEndpoint(directory.resolve("s"), 0700, false));
            try (TestClient other = TestClient.connect(directory.resolve("s"))) {
                for (int i = 1; i <= 10; i++) {
                    RpcException e =
                            assertThrows(RpcException.class, () -> other.call(ConnectionCalls.CONNECT_GET_TYPE, null));
                    assertEquals(1, e.error().code());
                    assertEquals(i, server.counters().unexpectedFailures());
                }
                ServerFixture.await("all calls end", () -> server.counters().callsInWork() == 0);
            }
        }
    }
}

package io.fairlead.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.libvirt.fixture.EngineFixture;
import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.RemoteProcedure;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.server.Procedure;
import io.fairlead.rpc.server.Program;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.RpcError;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules for every procedure of the table, whatever it does. */
class ProceduresTest {
    private static final Set<String> BEFORE_OPEN = Set.of(
            "AUTH_LIST",
            "AUTH_SASL_INIT",
            "AUTH_SASL_START",
            "AUTH_SASL_STEP",
            "AUTH_POLKIT",
            "CONNECT_OPEN",
            "CONNECT_CLOSE",
            "CONNECT_SUPPORTS_FEATURE");

    /** Fixed, so that a failure happens again. */
    private static final long SEED = 20_260;

    private static final int ROUNDS = 60;

    private static EngineFixture fixture;
    private static List<DomainRef> known;

    @BeforeAll
    static void start() {
        fixture = new EngineFixture();
        known = List.of(fixture.defined("off"), fixture.running("on"));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    static Stream<Named<Signature<?, ?>>> all() {
        try (EngineFixture any = new EngineFixture()) {
            return any.programs().stream()
                    .map(Program::procedures)
                    .flatMap(procedures -> StreamSupport.stream(procedures.spliterator(), false))
                    .map(Procedure::signature)
                    .map(signature -> Named.<Signature<?, ?>>of(signature.id().name(), signature))
                    .toList()
                    .stream();
        }
    }

    static Stream<Named<Signature<?, ?>>> writers() {
        return all().filter(named -> named.getPayload().id().needsWriteAccess());
    }

    static Stream<Named<Signature<?, ?>>> afterOpen() {
        return all().filter(
                        named -> !BEFORE_OPEN.contains(named.getPayload().id().name()));
    }

    @ParameterizedTest
    @MethodSource("writers")
    <A> void writer_onAReadOnlyConnection_isRefused(Signature<A, ?> signature) {
        try (TestClient client = fixture.readOnlyClient()) {
            RpcError error = client.error(signature, new RandomArguments(new Random(SEED), known).of(signature));
            assertEquals(29, error.code());
            assertEquals(
                    "operation forbidden: read only access prevents "
                            + signature.id().function(),
                    error.message());
        }
    }

    @ParameterizedTest
    @MethodSource("afterOpen")
    <A> void call_beforeOpen_isRefused(Signature<A, ?> signature) {
        try (TestClient client = TestClient.connect(fixture.socket())) {
            RpcError error = client.error(signature, new RandomArguments(new Random(SEED), known).of(signature));
            assertEquals("internal error: connection not open", error.message());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    <A> void call_withAnyWellFormedArguments_isAnsweredAndTheConnectionLives(Signature<A, ?> signature) {
        RandomArguments arguments =
                new RandomArguments(new Random(SEED + signature.id().number()), known);
        int rounds = signature.id() == RemoteProcedure.CONNECT_CLOSE ? 1 : ROUNDS;
        try (TestClient client = fixture.client()) {
            for (int round = 0; round < rounds; round++) {
                A args = arguments.of(signature);
                TestClient.Packet reply = client.callRaw(signature, args);
                assertTrue(
                        reply.header().status() == MessageStatus.OK || !isUnexpected(TestClient.error(reply)),
                        () -> "%s failed unexpectedly".formatted(args));
            }
            client.callRaw(ConnectionCalls.CONNECT_GET_TYPE, null);
        }
    }

    /** The server's message for an unforeseen failure. */
    private static boolean isUnexpected(RpcError error) {
        return error.message() != null && error.message().contains("unexpected failure");
    }
}

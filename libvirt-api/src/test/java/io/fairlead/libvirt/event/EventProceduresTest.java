package io.fairlead.libvirt.event;

import static io.fairlead.rpc.protocol.DomainEvents.CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY;
import static io.fairlead.rpc.protocol.DomainEvents.CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.libvirt.fixture.TestServer;
import io.fairlead.rpc.protocol.DomainEvents.ConnectDomainEventCallbackDeregisterAnyArgs;
import io.fairlead.rpc.protocol.DomainEvents.ConnectDomainEventCallbackRegisterAnyArgs;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.ObjectEvents;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.wire.RpcError;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventProceduresTest {
    private static TestServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        server = TestServer.of(table -> new EventProcedures().addTo(table));
        client = server.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void register_forEachOfTheTwentySevenDomainEvents_givesDifferentIds() {
        Set<Integer> ids = new HashSet<>();
        for (int event = 0; event < 27; event++) {
            ids.add(register(event));
        }
        assertEquals(27, ids.size());
    }

    @Test
    void register_forADomainThatIsNotThereYet_isAccepted() {
        DomainRef later = new DomainRef("later", new UUID(0, 1), -1);
        client.call(
                CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY, new ConnectDomainEventCallbackRegisterAnyArgs(0, later));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 27, Integer.MAX_VALUE})
    void register_forAnUnknownEvent_isRefusedInLibvirtsWords(int event) {
        RpcError error = client.error(
                CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY, new ConnectDomainEventCallbackRegisterAnyArgs(event, null));
        assertEquals("internal error: unsupported event ID %d".formatted(event), error.message());
    }

    @Test
    void deregister_twice_isRefusedInLibvirtsWords() {
        var args = new ConnectDomainEventCallbackDeregisterAnyArgs(register(0));
        client.call(CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY, args);
        RpcError error = client.error(CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY, args);
        assertEquals(
                "internal error: domain event callback %d not registered".formatted(args.callbackId()),
                error.message());
    }

    @Test
    void deregister_withTheIdOfAnotherKind_isRefused() {
        assertEquals(
                1,
                client.error(
                                ObjectEvents.CONNECT_SECRET_EVENT_DEREGISTER_ANY,
                                new ObjectEvents.ConnectSecretEventDeregisterAnyArgs(register(0)))
                        .code());
    }

    @Test
    void register_withoutEnd_isStoppedAtALimit() {
        try (TestClient greedy = server.client()) {
            var args = new ConnectDomainEventCallbackRegisterAnyArgs(0, null);
            for (int i = 0; i < 4096; i++) {
                greedy.call(CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY, args);
            }
            assertEquals(
                    9,
                    greedy.error(CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY, args)
                            .code());
        }
    }

    private static int register(int event) {
        return client.call(
                        CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY,
                        new ConnectDomainEventCallbackRegisterAnyArgs(event, null))
                .callbackId();
    }

    static Stream<Arguments> otherKinds() {
        return Stream.of(
                kind(
                        1,
                        ObjectEvents.CONNECT_NETWORK_EVENT_REGISTER_ANY,
                        e -> new ObjectEvents.ConnectNetworkEventRegisterAnyArgs(e, null)),
                kind(
                        2,
                        ObjectEvents.CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY,
                        e -> new ObjectEvents.ConnectStoragePoolEventRegisterAnyArgs(e, null)),
                kind(
                        2,
                        ObjectEvents.CONNECT_NODE_DEVICE_EVENT_REGISTER_ANY,
                        e -> new ObjectEvents.ConnectNodeDeviceEventRegisterAnyArgs(e, null)),
                kind(
                        2,
                        ObjectEvents.CONNECT_SECRET_EVENT_REGISTER_ANY,
                        e -> new ObjectEvents.ConnectSecretEventRegisterAnyArgs(e, null)));
    }

    private static <A> Arguments kind(int events, Signature<A, ?> signature, IntFunction<A> args) {
        return arguments(events, signature, args);
    }

    @ParameterizedTest
    @MethodSource("otherKinds")
    <A> void register_forKindsWithoutObjects_acceptsTheirEventsAndNoOthers(
            int events, Signature<A, ?> signature, IntFunction<A> args) {
        for (int event = 0; event < events; event++) {
            client.call(signature, args.apply(event));
        }
        assertEquals(1, client.error(signature, args.apply(events)).code());
        assertEquals(1, client.error(signature, args.apply(-1)).code());
    }

    @Test
    void deregister_forKindsWithoutObjects_undoesTheRegistration() {
        int network = client.call(
                        ObjectEvents.CONNECT_NETWORK_EVENT_REGISTER_ANY,
                        new ObjectEvents.ConnectNetworkEventRegisterAnyArgs(0, null))
                .callbackId();
        client.call(
                ObjectEvents.CONNECT_NETWORK_EVENT_DEREGISTER_ANY,
                new ObjectEvents.ConnectNetworkEventDeregisterAnyArgs(network));
        int pool = client.call(
                        ObjectEvents.CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY,
                        new ObjectEvents.ConnectStoragePoolEventRegisterAnyArgs(0, null))
                .callbackId();
        client.call(
                ObjectEvents.CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY,
                new ObjectEvents.ConnectStoragePoolEventDeregisterAnyArgs(pool));
        int device = client.call(
                        ObjectEvents.CONNECT_NODE_DEVICE_EVENT_REGISTER_ANY,
                        new ObjectEvents.ConnectNodeDeviceEventRegisterAnyArgs(0, null))
                .callbackId();
        client.call(
                ObjectEvents.CONNECT_NODE_DEVICE_EVENT_DEREGISTER_ANY,
                new ObjectEvents.ConnectNodeDeviceEventDeregisterAnyArgs(device));
    }
}

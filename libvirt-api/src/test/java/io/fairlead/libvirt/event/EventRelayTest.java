package io.fairlead.libvirt.event;

import static io.fairlead.rpc.protocol.DomainEvents.CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY;
import static io.fairlead.rpc.protocol.DomainEvents.CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY;
import static io.fairlead.rpc.protocol.DomainEvents.DOMAIN_EVENT_CALLBACK_CONTROL_ERROR;
import static io.fairlead.rpc.protocol.DomainEvents.DOMAIN_EVENT_CALLBACK_LIFECYCLE;
import static io.fairlead.rpc.protocol.DomainEvents.DOMAIN_EVENT_CALLBACK_METADATA_CHANGE;
import static io.fairlead.rpc.protocol.DomainEvents.DOMAIN_EVENT_CALLBACK_REBOOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.event.DomainEvent;
import io.fairlead.libvirt.fixture.EngineFixture;
import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.DomainDefinitionCalls;
import io.fairlead.rpc.protocol.DomainEvents.ConnectDomainEventCallbackDeregisterAnyArgs;
import io.fairlead.rpc.protocol.DomainEvents.ConnectDomainEventCallbackRegisterAnyArgs;
import io.fairlead.rpc.protocol.DomainEvents.DomainEventCallbackLifecycleMsg;
import io.fairlead.rpc.protocol.DomainEvents.DomainEventCallbackMetadataChangeMsg;
import io.fairlead.rpc.protocol.DomainEvents.DomainEventCallbackRebootMsg;
import io.fairlead.rpc.protocol.DomainLifecycleCalls;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.xml.domain.MetadataKind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRelayTest {
    private static final int LIFECYCLE = 0;
    private static final int REBOOT = 1;
    private static final int CONTROL_ERROR = 7;
    private static final int METADATA_CHANGE = 23;

    private EngineFixture fixture;
    private TestClient client;

    @BeforeEach
    void start() {
        fixture = new EngineFixture();
        client = fixture.client();
    }

    @AfterEach
    void stop() {
        client.close();
        fixture.close();
    }

    private int register(int event, DomainRef dom) {
        return client.call(
                        CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY,
                        new ConnectDomainEventCallbackRegisterAnyArgs(event, dom))
                .callbackId();
    }

    private DomainEventCallbackLifecycleMsg lifecycle() {
        return client.nextEvent(DOMAIN_EVENT_CALLBACK_LIFECYCLE);
    }

    @Test
    void lifecycle_ofADomain_arrivesInOrderWithTheIdOfTheMoment() {
        int callback = register(LIFECYCLE, null);
        DomainRef dom = fixture.defined("c");
        client.call(DomainLifecycleCalls.DOMAIN_CREATE, dom);
        client.call(DomainLifecycleCalls.DOMAIN_SUSPEND, dom);
        client.call(DomainLifecycleCalls.DOMAIN_RESUME, dom);
        client.call(DomainLifecycleCalls.DOMAIN_DESTROY, dom);
        client.call(DomainDefinitionCalls.DOMAIN_UNDEFINE, dom);

        assertEquals(new DomainEventCallbackLifecycleMsg(callback, dom, 0, 0), lifecycle());
        DomainEventCallbackLifecycleMsg started = lifecycle();
        assertEquals(List.of(2, 0), List.of(started.event(), started.detail()));
        assertTrue(started.dom().id() > 0);
        assertEquals(3, lifecycle().event());
        assertEquals(4, lifecycle().event());
        assertEquals(new DomainEventCallbackLifecycleMsg(callback, dom, 5, 1), lifecycle());
        assertEquals(new DomainEventCallbackLifecycleMsg(callback, dom, 1, 0), lifecycle());
    }

    @Test
    void lifecycle_whenRegisteredForOneDomain_leavesOutTheOthers() {
        DomainRef mine = fixture.defined("mine");
        DomainRef other = fixture.defined("other");
        register(LIFECYCLE, mine);
        client.call(DomainLifecycleCalls.DOMAIN_CREATE, other);
        client.call(DomainLifecycleCalls.DOMAIN_CREATE, mine);
        assertEquals("mine", lifecycle().dom().name());
    }

    @Test
    void lifecycle_whenRegisteredTwice_arrivesForBothIds() {
        int first = register(LIFECYCLE, null);
        int second = register(LIFECYCLE, null);
        fixture.defined("c");
        assertEquals(
                List.of(first, second),
                List.of(lifecycle().callbackId(), lifecycle().callbackId()));
    }

    @Test
    void lifecycle_onceDeregistered_arrivesNoMore() {
        int gone = register(LIFECYCLE, null);
        client.call(
                CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY, new ConnectDomainEventCallbackDeregisterAnyArgs(gone));
        int kept = register(LIFECYCLE, null);
        fixture.defined("c");
        assertEquals(kept, lifecycle().callbackId());
        assertFalse(client.hasEvent());
    }

    @Test
    void lifecycle_afterClose_arrivesNoMore() throws Exception {
        register(LIFECYCLE, null);
        client.call(ConnectionCalls.CONNECT_CLOSE, null);
        fixture.defined("c");
        Thread.sleep(200);
        assertFalse(client.hasEvent());
    }

    @Test
    void everyKindOfEventTheEngineHas_becomesItsOwnMessage() {
        UUID uuid = new UUID(0, 9);
        DomainRef dom = new DomainRef("c", uuid, 77);
        int reboot = register(REBOOT, null);
        int metadata = register(METADATA_CHANGE, null);
        int control = register(CONTROL_ERROR, null);
        fixture.publish(new DomainEvent.Reboot(uuid, "c", 77, Optional.empty()));
        fixture.publish(new DomainEvent.MetadataChange(
                uuid, "c", 77, MetadataKind.ELEMENT, Optional.of("http://example.org/ns")));
        fixture.publish(new DomainEvent.MetadataChange(uuid, "c", 77, MetadataKind.TITLE, Optional.empty()));
        fixture.publish(new DomainEvent.ControlError(uuid, "c", 77));
        assertEquals(new DomainEventCallbackRebootMsg(reboot, dom), client.nextEvent(DOMAIN_EVENT_CALLBACK_REBOOT));
        assertEquals(
                new DomainEventCallbackMetadataChangeMsg(metadata, dom, 2, "http://example.org/ns"),
                client.nextEvent(DOMAIN_EVENT_CALLBACK_METADATA_CHANGE));
        assertEquals(
                new DomainEventCallbackMetadataChangeMsg(metadata, dom, 1, null),
                client.nextEvent(DOMAIN_EVENT_CALLBACK_METADATA_CHANGE));
        assertEquals(
                control, client.nextEvent(DOMAIN_EVENT_CALLBACK_CONTROL_ERROR).callbackId());
    }

    @Test
    void serverGoing_isToldToThoseWhoAskedForIt() {
        client.call(ConnectionCalls.CONNECT_REGISTER_CLOSE_CALLBACK, null);
        try (TestClient silent = fixture.client()) {
            fixture.closeApi();
            assertEquals(
                    1,
                    client.nextEvent(ConnectionCalls.CONNECT_EVENT_CONNECTION_CLOSED)
                            .reason());
            assertFalse(silent.hasEvent());
        }
    }
}

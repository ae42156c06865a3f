package io.fairlead.libvirt.event;

import io.fairlead.core.event.DomainEvent;
import io.fairlead.libvirt.number.DefinitionNumbers;
import io.fairlead.libvirt.number.EventNumbers;
import io.fairlead.libvirt.session.Registrations.Topic;
import io.fairlead.libvirt.session.Session;
import io.fairlead.libvirt.session.Sessions;
import io.fairlead.rpc.protocol.DomainEventId;
import io.fairlead.rpc.protocol.DomainEvents;
import io.fairlead.rpc.protocol.DomainEvents.DomainEventCallbackControlErrorMsg;
import io.fairlead.rpc.protocol.DomainEvents.DomainEventCallbackLifecycleMsg;
import io.fairlead.rpc.protocol.DomainEvents.DomainEventCallbackMetadataChangeMsg;
import io.fairlead.rpc.protocol.DomainEvents.DomainEventCallbackRebootMsg;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.Message;
import io.fairlead.rpc.server.Connection;
import java.util.function.IntFunction;

/** Passes events of domains to the clients that registered for them; called by the one thread of the bus. */
final class DomainEventRelay {
    private final Sessions sessions;

    DomainEventRelay(Sessions sessions) {
        this.sessions = sessions;
    }

    void relay(DomainEvent event) {
        DomainRef domain = new DomainRef(event.name(), event.uuid(), event.id());
        if (event instanceof DomainEvent.Lifecycle e) {
            send(
                    DomainEventId.LIFECYCLE,
                    DomainEvents.DOMAIN_EVENT_CALLBACK_LIFECYCLE,
                    domain,
                    callbackId -> new DomainEventCallbackLifecycleMsg(
                            callbackId, domain, EventNumbers.type(e.change()), EventNumbers.detail(e.change())));
        } else if (event instanceof DomainEvent.Reboot) {
            send(
                    DomainEventId.REBOOT,
                    DomainEvents.DOMAIN_EVENT_CALLBACK_REBOOT,
                    domain,
                    callbackId -> new DomainEventCallbackRebootMsg(callbackId, domain));
        } else if (event instanceof DomainEvent.MetadataChange e) {
            send(
                    DomainEventId.METADATA_CHANGE,
                    DomainEvents.DOMAIN_EVENT_CALLBACK_METADATA_CHANGE,
                    domain,
                    callbackId -> new DomainEventCallbackMetadataChangeMsg(
                            callbackId,
                            domain,
                            DefinitionNumbers.of(e.kind()),
                            e.uri().orElse(null)));
        } else if (event instanceof DomainEvent.ControlError) {
            send(
                    DomainEventId.CONTROL_ERROR,
                    DomainEvents.DOMAIN_EVENT_CALLBACK_CONTROL_ERROR,
                    domain,
                    callbackId -> new DomainEventCallbackControlErrorMsg(callbackId, domain));
        }
    }

    private <M> void send(DomainEventId id, Message<M> message, DomainRef domain, IntFunction<M> body) {
        sessions.forEach(connection -> send(connection, id, message, domain, body));
    }

    private static <M> void send(
            Connection connection, DomainEventId id, Message<M> message, DomainRef domain, IntFunction<M> body) {
        for (int callbackId : Session.of(connection).registrations().of(Topic.DOMAIN, id.number(), domain.uuid())) {
            connection.send(message, body.apply(callbackId));
        }
    }
}

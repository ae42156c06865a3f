package io.fairlead.libvirt.event;

import io.fairlead.libvirt.procedure.Table;
import io.fairlead.libvirt.session.Registrations.Topic;
import io.fairlead.libvirt.session.Session;
import io.fairlead.rpc.protocol.DomainEvents;
import io.fairlead.rpc.protocol.DomainEvents.ConnectDomainEventCallbackRegisterAnyArgs;
import io.fairlead.rpc.protocol.DomainEvents.ConnectDomainEventCallbackRegisterAnyRet;
import io.fairlead.rpc.protocol.ObjectEvents;
import io.fairlead.rpc.protocol.ObjectEvents.ConnectNetworkEventRegisterAnyRet;
import io.fairlead.rpc.protocol.ObjectEvents.ConnectNodeDeviceEventRegisterAnyRet;
import io.fairlead.rpc.protocol.ObjectEvents.ConnectSecretEventRegisterAnyRet;
import io.fairlead.rpc.protocol.ObjectEvents.ConnectStoragePoolEventRegisterAnyRet;
import io.fairlead.rpc.server.Call;
import java.util.UUID;

/**
 * Registering for events, with callback ids. The older calls without them are not served: a client uses them only if
 * the server lacks feature 14.
 */
public final class EventProcedures {
    public void addTo(Table table) {
        table.inline(DomainEvents.CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY, EventProcedures::registerDomain);
        table.inline(
                DomainEvents.CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY,
                (call, args) -> deregister(call, Topic.DOMAIN, args.callbackId()));
        addObjects(table);
    }

    /** Kinds of objects that do not exist yet: a client may register for their events, but none comes. */
    private static void addObjects(Table table) {
        table.inline(
                ObjectEvents.CONNECT_NETWORK_EVENT_REGISTER_ANY,
                (call, args) ->
                        new ConnectNetworkEventRegisterAnyRet(register(call, Topic.NETWORK, args.eventId(), null)));
        table.inline(
                ObjectEvents.CONNECT_NETWORK_EVENT_DEREGISTER_ANY,
                (call, args) -> deregister(call, Topic.NETWORK, args.callbackId()));
        table.inline(
                ObjectEvents.CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY,
                (call, args) -> new ConnectStoragePoolEventRegisterAnyRet(register(
                        call,
                        Topic.STORAGE_POOL,
                        args.eventId(),
                        args.pool() == null ? null : args.pool().uuid())));
        table.inline(
                ObjectEvents.CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY,
                (call, args) -> deregister(call, Topic.STORAGE_POOL, args.callbackId()));
        table.inline(
                ObjectEvents.CONNECT_NODE_DEVICE_EVENT_REGISTER_ANY,
                (call, args) -> new ConnectNodeDeviceEventRegisterAnyRet(
                        register(call, Topic.NODE_DEVICE, args.eventId(), null)));
        table.inline(
                ObjectEvents.CONNECT_NODE_DEVICE_EVENT_DEREGISTER_ANY,
                (call, args) -> deregister(call, Topic.NODE_DEVICE, args.callbackId()));
        table.inline(
                ObjectEvents.CONNECT_SECRET_EVENT_REGISTER_ANY,
                (call, args) ->
                        new ConnectSecretEventRegisterAnyRet(register(call, Topic.SECRET, args.eventId(), null)));
        table.inline(
                ObjectEvents.CONNECT_SECRET_EVENT_DEREGISTER_ANY,
                (call, args) -> deregister(call, Topic.SECRET, args.callbackId()));
    }

    private static ConnectDomainEventCallbackRegisterAnyRet registerDomain(
            Call call, ConnectDomainEventCallbackRegisterAnyArgs args) {
        UUID domain = args.dom() == null ? null : args.dom().uuid();
        return new ConnectDomainEventCallbackRegisterAnyRet(register(call, Topic.DOMAIN, args.eventId(), domain));
    }

    /** Like libvirtd, this does not look up the object: a client may register for one that does not exist yet. */
    private static int register(Call call, Topic topic, int eventId, UUID object) {
        return Session.of(call).registrations().add(topic, eventId, object);
    }

    private static Void deregister(Call call, Topic topic, int callbackId) {
        Session.of(call).registrations().remove(topic, callbackId);
        return null;
    }
}

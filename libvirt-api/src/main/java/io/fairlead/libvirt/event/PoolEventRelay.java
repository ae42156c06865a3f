package io.fairlead.libvirt.event;

import io.fairlead.libvirt.number.EventNumbers;
import io.fairlead.libvirt.session.Registrations.Topic;
import io.fairlead.libvirt.session.Session;
import io.fairlead.libvirt.session.Sessions;
import io.fairlead.rpc.protocol.Message;
import io.fairlead.rpc.protocol.ObjectEvents;
import io.fairlead.rpc.protocol.ObjectEvents.StoragePoolEventLifecycleMsg;
import io.fairlead.rpc.protocol.ObjectEvents.StoragePoolEventRefreshMsg;
import io.fairlead.rpc.protocol.StoragePoolRef;
import io.fairlead.storage.pool.PoolEvent;
import java.util.function.IntFunction;

/** Passes events of pools to the clients that registered for them; called by the one thread of the bus. */
final class PoolEventRelay {
    private static final int LIFECYCLE = 0;
    private static final int REFRESH = 1;

    private final Sessions sessions;

    PoolEventRelay(Sessions sessions) {
        this.sessions = sessions;
    }

    void relay(PoolEvent event) {
        StoragePoolRef pool = new StoragePoolRef(event.name(), event.uuid());
        if (event instanceof PoolEvent.Lifecycle e) {
            send(
                    LIFECYCLE,
                    pool,
                    ObjectEvents.STORAGE_POOL_EVENT_LIFECYCLE,
                    callbackId -> new StoragePoolEventLifecycleMsg(callbackId, pool, EventNumbers.of(e.change()), 0));
        } else if (event instanceof PoolEvent.Refresh) {
            send(
                    REFRESH,
                    pool,
                    ObjectEvents.STORAGE_POOL_EVENT_REFRESH,
                    callbackId -> new StoragePoolEventRefreshMsg(callbackId, pool));
        }
    }

    private <M> void send(int eventId, StoragePoolRef pool, Message<M> message, IntFunction<M> body) {
        sessions.forEach(connection -> {
            for (int callbackId : Session.of(connection).registrations().of(Topic.STORAGE_POOL, eventId, pool.uuid())) {
                connection.send(message, body.apply(callbackId));
            }
        });
    }
}

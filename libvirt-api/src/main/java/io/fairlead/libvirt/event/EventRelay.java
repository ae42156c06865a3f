package io.fairlead.libvirt.event;

import io.fairlead.core.event.DomainEvent;
import io.fairlead.kit.event.Event;
import io.fairlead.libvirt.session.Sessions;
import io.fairlead.storage.pool.PoolEvent;

/**
 * Passes events to the clients that registered for them.
 *
 * <p>Called by the one thread of the bus, so that every client gets them in the order in which they happened;
 * queueing a message never waits for a client.
 */
public final class EventRelay {
    private final DomainEventRelay domains;
    private final PoolEventRelay pools;

    public EventRelay(Sessions sessions) {
        this.domains = new DomainEventRelay(sessions);
        this.pools = new PoolEventRelay(sessions);
    }

    /** Ignores events that libvirt clients cannot register for. */
    public void relay(Event event) {
        if (event.what() instanceof DomainEvent what) {
            domains.relay(what);
        } else if (event.what() instanceof PoolEvent what) {
            pools.relay(what);
        }
    }
}

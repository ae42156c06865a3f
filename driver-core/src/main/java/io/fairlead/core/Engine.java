package io.fairlead.core;

import io.fairlead.core.domain.DomainDefinitions;
import io.fairlead.core.domain.DomainGuests;
import io.fairlead.core.domain.DomainLifecycle;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.event.EventBus;

/**
 * What an API works with.
 *
 * @param registry lists and look-ups, from memory
 * @param definitions persistent definitions and what can be edited in them
 * @param lifecycle starting, stopping and what follows
 * @param guests a look at, and a hand in, a running guest
 * @param events what happened, in order
 */
public record Engine(
        DomainRegistry registry,
        DomainDefinitions definitions,
        DomainLifecycle lifecycle,
        DomainGuests guests,
        EventBus events) {}

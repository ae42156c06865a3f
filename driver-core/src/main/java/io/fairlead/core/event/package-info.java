/**
 * Events about domains, in order.
 *
 * <p>Lives here: events and the queue that delivers them. Not here: their making ({@code core.domain}) and the form in
 * which clients see them (each API).
 *
 * <p>Threads: anyone may publish, without waiting; one thread of the bus delivers, with no lock held.
 */
package io.fairlead.core.event;

/**
 * What happened to domains, in order.
 *
 * <p>Lives here: events and the queue that delivers them. Not here: who makes them ({@code core.domain}) or how a client
 * sees them (each API).
 *
 * <p>Threads: anyone may publish, without waiting; one thread of the bus delivers, with no lock held.
 */
package io.fairlead.core.event;

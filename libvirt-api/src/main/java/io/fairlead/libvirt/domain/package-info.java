/**
 * Domains (virDomain): definitions, life cycle, states, access to the running guest, consoles.
 *
 * <p>Lives here: one class of procedures per topic, and their conversions between the wire and the engine. Not here:
 * snapshots ({@code libvirt.snapshot}), events ({@code libvirt.event}), and all that a domain does
 * ({@code driver-core}).
 *
 * <p>Threads: reads from memory run on event loops, changes on workers, destroy on a worker kept for urgent calls. A
 * console has two threads of its own while it is open.
 */
package io.fairlead.libvirt.domain;

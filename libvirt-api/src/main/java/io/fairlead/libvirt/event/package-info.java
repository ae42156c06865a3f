/**
 * Events for libvirt clients.
 *
 * <p>Lives here: the procedures that register and deregister, and the relays that turn occurrences into libvirt's
 * messages. Not here: the registrations themselves ({@code libvirt.session}), and the bus ({@code kit.event}).
 *
 * <p>Threads: relays run on the bus's one thread and never wait for a client. The procedures run on event loops.
 */
package io.fairlead.libvirt.event;

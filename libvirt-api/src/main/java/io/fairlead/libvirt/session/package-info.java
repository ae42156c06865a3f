/**
 * A client between its calls: whether its connection is open, and its registrations for events.
 *
 * <p>Lives here: the state of one connection, and the set of all that are open. Not here: sockets and buffers
 * ({@code rpc.server}), and the procedures that open, close and register ({@code libvirt.connect},
 * {@code libvirt.event}).
 *
 * <p>Threads: event loops change a session, the bus's thread and publishers of events read it; every class takes any
 * thread.
 */
package io.fairlead.libvirt.session;

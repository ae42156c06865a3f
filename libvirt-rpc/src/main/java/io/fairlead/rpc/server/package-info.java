/**
 * The server side of connections: listeners, calls and their replies, events, streams, descriptors, keepalive.
 *
 * <p>Lives here: everything common to all procedures. Not here: the action of any single procedure, or the state of a
 * libvirt connection.
 *
 * <p>Threads: event-loop threads do all socket work. Each kind of socket has threads of its own, and a connection stays
 * with one of them. A handler runs on that thread ({@link io.fairlead.rpc.server.Execution#INLINE}) or on a pool of the
 * server. Everything public may be called from any thread, and never blocks unless it says so.
 */
package io.fairlead.rpc.server;

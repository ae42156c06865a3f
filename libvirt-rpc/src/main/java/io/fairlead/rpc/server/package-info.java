/**
 * The server side of connections: listeners, calls and their replies, events, streams, descriptors, keepalive.
 *
 * <p>Lives here: whatever is true of every procedure. Not here: what any procedure does, or which state a libvirt
 * connection has.
 *
 * <p>Threads: event-loop threads do all socket work, those of one kind of socket nothing for another kind; a connection
 * stays with one of them. A handler runs on that thread ({@link io.fairlead.rpc.server.Execution#INLINE}) or on a pool of the server. Everything public may be called
 * from any thread, and never blocks unless it says so.
 */
package io.fairlead.rpc.server;

/**
 * Packets: the header before every message, the form of an error and of a stream's hole, and cutting bytes into
 * packets.
 *
 * <p>Lives here: everything about one packet. Not here: arguments and actions of procedures, connections, threads.
 * Threads: records are immutable; a {@link io.fairlead.rpc.wire.FrameDecoder} belongs to its channel's event loop.
 */
package io.fairlead.rpc.wire;

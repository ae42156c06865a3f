/**
 * Packets: the header before every message, what an error and a stream's hole look like, and cutting bytes into packets.
 *
 * <p>Lives here: everything about one packet. Not here: what a procedure takes or does, connections, threads.
 * Threads: records are immutable; a {@link io.fairlead.rpc.wire.FrameDecoder} belongs to its channel's event loop.
 */
package io.fairlead.rpc.wire;

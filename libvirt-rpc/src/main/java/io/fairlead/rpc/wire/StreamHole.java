package io.fairlead.rpc.wire;

/** The payload of a {@link MessageType#STREAM_HOLE}: so many bytes are zero and not sent; flags must be 0. */
public record StreamHole(long length, int flags) {}

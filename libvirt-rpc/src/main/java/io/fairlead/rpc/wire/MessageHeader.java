package io.fairlead.rpc.wire;

import io.fairlead.rpc.xdr.TooLongException;
import io.netty.buffer.ByteBuf;

/**
 * The fixed part of every packet, big-endian; length counts itself (virnetprotocol.x).
 *
 * <pre>| length 4 | program 4 | version 4 | procedure 4 | type 4 | serial 4 | status 4 | payload |</pre>
 */
public record MessageHeader(int length, int program, int version, int procedure, int type, int serial, int status) {
    public static final int BYTES = 28;
    public static final int LENGTH_MAX = 4 + 33_554_432;
    public static final int PAYLOAD_MAX = LENGTH_MAX - BYTES;

    /** Reads a header of which all 28 bytes have arrived. */
    public static MessageHeader read(ByteBuf in) {
        int length = in.readInt();
        if (length < BYTES || length > LENGTH_MAX) {
            throw new ProtocolException(
                    "length: %d (expected: %d..%d)".formatted(Integer.toUnsignedLong(length), BYTES, LENGTH_MAX));
        }
        return new MessageHeader(
                length, in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
    }

    /** Writes this header with a length of 0; {@link #finish} sets the true one. */
    public void begin(ByteBuf out) {
        out.writeInt(0).writeInt(program).writeInt(version).writeInt(procedure);
        out.writeInt(type).writeInt(serial).writeInt(status);
    }

    /** Puts the length in front of a packet that is now complete. */
    public static void finish(ByteBuf packet) {
        if (packet.readableBytes() > LENGTH_MAX) {
            throw new TooLongException(
                    "a message of %d bytes (at most %d)".formatted(packet.readableBytes(), LENGTH_MAX));
        }
        packet.setInt(packet.readerIndex(), packet.readableBytes());
    }

    /** The header of a packet that belongs to the same call as this one. */
    public MessageHeader answer(int type, int status) {
        return new MessageHeader(0, program, version, procedure, type, serial, status);
    }
}

package io.fairlead.rpc.wire;

/** The keepalive program: two empty messages that either side may send at any time (virkeepaliveprotocol.x). */
public final class KeepAliveMessage {
    public static final int PROGRAM = 0x6b656570; // "keep"
    public static final int VERSION = 1;
    public static final int PING = 1;
    public static final int PONG = 2;

    private KeepAliveMessage() {}

    public static MessageHeader header(int procedure) {
        return new MessageHeader(0, PROGRAM, VERSION, procedure, MessageType.MESSAGE, 0, MessageStatus.OK);
    }
}

package io.fairlead.rpc.wire;

/** The values of {@link MessageHeader#status} (virNetMessageStatus). */
public final class MessageStatus {
    public static final int OK = 0;
    public static final int ERROR = 1;
    /** More stream data may follow. */
    public static final int CONTINUE = 2;

    private MessageStatus() {}
}

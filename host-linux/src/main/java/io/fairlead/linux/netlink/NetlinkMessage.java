package io.fairlead.linux.netlink;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One message, in the machine's byte order (struct nlmsghdr, linux/netlink.h). The length counts the head; the next
 * message starts at a multiple of four.
 * <pre>| length 4 | type 2 | flags 2 | sequence 4 | port 4 | body |</pre>
 *
 * @param sequence that of the request which it answers; 0 in events
 * @param port number of the socket that sent the request
 * @param body a fixed part, whose size depends on the type, then attributes
 */
record NetlinkMessage(int type, int flags, int sequence, int port, byte[] body) {
    static final int HEAD_BYTES = 16;

    static final int NOOP = 1;
    static final int ERROR = 2;
    static final int DONE = 3;
    static final int OVERRUN = 4;

    /** Of a message of several; {@link #DONE} is the last. */
    static final int MULTI = 0x02;
    /** The list changed while it was read. */
    static final int DUMP_INTERRUPTED = 0x10;
    /** Of an answer: the head of the request follows, but not its body. */
    static final int CAPPED = 0x100;
    /** Of an answer: attributes follow. */
    static final int EXTENDED = 0x200;

    private static final int EXPLANATION = 1; // NLMSGERR_ATTR_MSG

    /**
     * All messages of a datagram.
     *
     * @param length how much of the buffer was received
     * @throws ProtocolException if one reaches beyond the end, or is shorter than its head
     */
    static List<NetlinkMessage> read(byte[] buffer, int length) throws ProtocolException {
        List<NetlinkMessage> messages = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(buffer, 0, length).order(ByteOrder.nativeOrder());
        int at = 0;
        while (at < length) {
            int left = length - at;
            int size = left < HEAD_BYTES ? left : in.getInt(at);
            if (size < HEAD_BYTES || size > left) {
                throw new ProtocolException("message: %d bytes (expected: %d..%d)".formatted(size, HEAD_BYTES, left));
            }
            messages.add(new NetlinkMessage(
                    in.getShort(at + 4) & 0xffff,
                    in.getShort(at + 6) & 0xffff,
                    in.getInt(at + 8),
                    in.getInt(at + 12),
                    Arrays.copyOfRange(buffer, at + HEAD_BYTES, at + size)));
            at += align(size);
        }
        return messages;
    }

    static int align(int bytes) {
        return bytes + 3 & ~3;
    }

    /** The fixed part. @throws ProtocolException if the body is shorter */
    ByteBuffer head(int bytes) throws ProtocolException {
        if (body.length < bytes) {
            throw new ProtocolException(
                    "message of type %d: %d bytes (expected: at least %d)".formatted(type, body.length, bytes));
        }
        return ByteBuffer.wrap(body).order(ByteOrder.nativeOrder());
    }

    Attributes attributes(int headBytes) throws ProtocolException {
        return Attributes.read(body, headBytes);
    }

    /**
     * The errno of an {@link #ERROR}, where 0 means success, or of a {@link #DONE}.
     * <pre>| -errno 4 | head of the request 16 | its body, unless capped | attributes, if extended |</pre>
     */
    int errno() throws ProtocolException {
        return type == DONE && body.length < Integer.BYTES
                ? 0
                : -head(Integer.BYTES).getInt(0);
    }

    /** The kernel's words about an error; null if it has none. */
    String explanation() throws ProtocolException {
        if ((flags & EXTENDED) == 0) {
            return null;
        }
        int at = Integer.BYTES;
        if (type == ERROR) {
            int request = head(Integer.BYTES + HEAD_BYTES).getInt(Integer.BYTES);
            boolean capped = (flags & CAPPED) != 0;
            if (!capped && (request < HEAD_BYTES || request > body.length - Integer.BYTES)) {
                throw new ProtocolException("request in an answer: %d bytes".formatted(request));
            }
            at += capped ? HEAD_BYTES : align(request);
        }
        return attributes(at).text(EXPLANATION);
    }
}

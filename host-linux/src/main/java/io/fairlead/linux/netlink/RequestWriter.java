package io.fairlead.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/** Writes a request; {@link NetlinkMessage} and {@link Attributes} draw its form. */
final class RequestWriter {
    /** Far above the largest request: two names and some twenty numbers. */
    private static final int BYTES_MAX = 1024;

    static final int REQUEST = 0x01;
    static final int ACK = 0x04;
    static final int DUMP = 0x300;
    static final int REPLACE = 0x100;
    static final int EXCLUSIVE = 0x200;
    static final int CREATE = 0x400;

    private final int type;
    private final int flags;
    private final ByteBuffer out = ByteBuffer.allocate(BYTES_MAX).order(ByteOrder.nativeOrder());

    RequestWriter(int type, int flags) {
        this.type = type;
        this.flags = flags | REQUEST;
        out.position(NetlinkMessage.HEAD_BYTES);
    }

    /** Whether all entries of a kind are asked for. */
    boolean isDump() {
        return (flags & DUMP) == DUMP;
    }

    /** Whether the answer is an acknowledgement, and not an object. */
    boolean isAcknowledged() {
        return (flags & ACK) != 0;
    }

    int type() {
        return type;
    }

    RequestWriter u8(int value) {
        out.put((byte) value);
        return this;
    }

    RequestWriter u16(int value) {
        out.putShort((short) value);
        return this;
    }

    RequestWriter u32(int value) {
        out.putInt(value);
        return this;
    }

    RequestWriter attribute(int attribute, byte[] value) {
        return nested(attribute, inner -> inner.out.put(value));
    }

    RequestWriter attributeU8(int attribute, int value) {
        return nested(attribute, inner -> inner.u8(value));
    }

    RequestWriter attributeU32(int attribute, int value) {
        return nested(attribute, inner -> inner.u32(value));
    }

    /** With the NUL at its end. */
    RequestWriter text(int attribute, String value) {
        return attribute(attribute, io.fairlead.linux.sys.CString.of(value));
    }

    /** @param inner writes the value */
    RequestWriter nested(int attribute, Consumer<RequestWriter> inner) {
        int start = out.position();
        out.putInt(0);
        inner.accept(this);
        out.putShort(start, (short) (out.position() - start)).putShort(start + 2, (short) attribute);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
        return this;
    }

    byte[] finish(int sequence, int port) {
        int length = out.position();
        out.putInt(0, length).putShort(4, (short) type).putShort(6, (short) flags);
        out.putInt(8, sequence).putInt(12, port);
        return Arrays.copyOf(out.array(), length);
    }
}

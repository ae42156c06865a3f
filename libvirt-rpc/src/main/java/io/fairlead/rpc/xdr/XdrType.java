package io.fairlead.rpc.xdr;

import io.netty.buffer.ByteBuf;

/** One type's form on the wire. */
public interface XdrType<T> {
    /** @throws XdrException when the value breaks a limit of the wire */
    void write(ByteBuf out, T value);

    /** @throws XdrException when the bytes end early or break a limit; nothing is allocated for a length beyond them */
    T read(ByteBuf in);

    /** The fewest bytes a value takes, so that an element count can be checked against the bytes that are left. */
    int minBytes();
}

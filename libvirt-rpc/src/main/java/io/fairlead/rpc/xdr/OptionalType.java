package io.fairlead.rpc.xdr;

import io.netty.buffer.ByteBuf;

/** XDR's {@code T *}: a word that says whether a value follows. */
record OptionalType<T>(XdrType<T> type) implements XdrType<T> {
    @Override
    public void write(ByteBuf out, T value) {
        Xdr.writeBool(out, value != null);
        if (value != null) {
            type.write(out, value);
        }
    }

    @Override
    public T read(ByteBuf in) {
        return Xdr.readBool(in) ? type.read(in) : null;
    }

    @Override
    public int minBytes() {
        return 4;
    }
}

package io.fairlead.rpc.xdr;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** XDR's {@code T x<max>}: a count, then the elements. */
record ListType<T>(XdrType<T> type, int max) implements XdrType<List<T>> {
    @Override
    public void write(ByteBuf out, List<T> values) {
        if (values == null) {
            throw new XdrException("a list that may not be null is null");
        }
        Xdr.writeCount(out, values.size(), max);
        for (T value : values) {
            type.write(out, value);
        }
    }

    @Override
    public List<T> read(ByteBuf in) {
        // Elements of no bytes would make any count believable, so each counts as a word at least.
        int count = Xdr.readCount(in, max, Math.max(4, type.minBytes()));
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(type.read(in));
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public int minBytes() {
        return 4;
    }
}

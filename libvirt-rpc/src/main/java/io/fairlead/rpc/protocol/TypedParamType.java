package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Xdr;
import io.fairlead.rpc.xdr.XdrCodec;
import io.fairlead.rpc.xdr.XdrException;
import io.fairlead.rpc.xdr.XdrType;
import io.netty.buffer.ByteBuf;

/** The wire form of {@link TypedParam}: the field's name, the kind's tag, the value. */
public final class TypedParamType implements XdrType<TypedParam> {
    @Override
    public void write(ByteBuf out, TypedParam param) {
        Xdr.writeString(out, param.field(), XdrCodec.STRING_MAX);
        out.writeInt(param.tag());
        if (param instanceof TypedParam.Int p) {
            out.writeInt(p.value());
        } else if (param instanceof TypedParam.UInt p) {
            out.writeInt(p.value());
        } else if (param instanceof TypedParam.LLong p) {
            out.writeLong(p.value());
        } else if (param instanceof TypedParam.ULLong p) {
            out.writeLong(p.value());
        } else if (param instanceof TypedParam.Dbl p) {
            out.writeDouble(p.value());
        } else if (param instanceof TypedParam.Bool p) {
            out.writeInt(p.value() ? 1 : 0);
        } else if (param instanceof TypedParam.Str p) {
            Xdr.writeString(out, p.value(), XdrCodec.STRING_MAX);
        }
    }

    @Override
    public TypedParam read(ByteBuf in) {
        String field = Xdr.readString(in, XdrCodec.STRING_MAX);
        int tag = Xdr.readInt(in);
        return switch (tag) {
            case 1 -> new TypedParam.Int(field, Xdr.readInt(in));
            case 2 -> new TypedParam.UInt(field, Xdr.readInt(in));
            case 3 -> new TypedParam.LLong(field, Xdr.readLong(in));
            case 4 -> new TypedParam.ULLong(field, Xdr.readLong(in));
            case 5 -> new TypedParam.Dbl(field, Xdr.readDouble(in));
            case 6 -> new TypedParam.Bool(field, Xdr.readInt(in) != 0);
            case 7 -> new TypedParam.Str(field, Xdr.readString(in, XdrCodec.STRING_MAX));
            default -> throw new XdrException(
                    "typed parameter '%s' is of kind %d (expected: 1..7)".formatted(field, tag));
        };
    }

    @Override
    public int minBytes() {
        return 12;
    }
}

package io.fairlead.rpc.xdr;

import io.netty.buffer.ByteBuf;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Chooses the wire form of one record component from its Java type and its annotations. */
final class XdrTypes {
    private static final XdrType<Integer> INT = type(4, (out, v) -> out.writeInt(v), Xdr::readInt);
    private static final XdrType<Long> LONG = type(8, (out, v) -> out.writeLong(v), Xdr::readLong);
    private static final XdrType<Double> DOUBLE = type(8, (out, v) -> out.writeDouble(v), Xdr::readDouble);
    private static final XdrType<Boolean> BOOL = type(4, Xdr::writeBool, Xdr::readBool);
    private static final XdrType<UUID> ID = type(16, Xdr::writeUuid, Xdr::readUuid);
    private static final XdrType<String> STRING = string(XdrCodec.STRING_MAX);

    private XdrTypes() {}

    static XdrType<?> of(RecordComponent component) {
        XdrType<?> type = required(component);
        return component.isAnnotationPresent(Nullable.class) ? new OptionalType<>(type) : type;
    }

    private static XdrType<?> required(RecordComponent component) {
        Class<?> type = component.getType();
        Chars chars = component.getAnnotation(Chars.class);
        if (chars != null) {
            return chars.fixed() > 0 ? CharArrays.fixed(chars.fixed()) : CharArrays.text(chars.max());
        }
        if (component.isAnnotationPresent(CharBytes.class)) {
            return CharArrays.bytes(max(component));
        }
        if (type == String.class && component.isAnnotationPresent(Max.class)) {
            return string(max(component));
        }
        if (type == byte[].class) {
            return opaque(max(component));
        }
        if (type == int[].class) {
            return ints(max(component));
        }
        if (type == long[].class) {
            return longs(max(component));
        }
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            return new ListType<>(plain(element), max(component));
        }
        return plain(type);
    }

    private static XdrType<?> plain(Class<?> type) {
        if (type == int.class) {
            return INT;
        }
        if (type == long.class) {
            return LONG;
        }
        if (type == double.class) {
            return DOUBLE;
        }
        if (type == boolean.class) {
            return BOOL;
        }
        if (type == String.class) {
            return STRING;
        }
        return type == UUID.class ? ID : XdrCodec.of(type);
    }

    private static int max(RecordComponent component) {
        Max max = component.getAnnotation(Max.class);
        if (max == null) {
            throw new IllegalArgumentException("%s of %s has no @Max"
                    .formatted(
                            component.getName(), component.getDeclaringRecord().getName()));
        }
        return max.value();
    }

    private static XdrType<String> string(int max) {
        return type(4, (out, v) -> Xdr.writeString(out, v, max), in -> Xdr.readString(in, max));
    }

    private static XdrType<byte[]> opaque(int max) {
        return type(4, (out, v) -> Xdr.writeOpaque(out, v, max), in -> Xdr.readOpaque(in, max));
    }

    private static XdrType<int[]> ints(int max) {
        return type(
                4,
                (out, v) -> {
                    Xdr.writeCount(out, v.length, max);
                    for (int element : v) {
                        out.writeInt(element);
                    }
                },
                in -> {
                    int[] values = new int[Xdr.readCount(in, max, 4)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = in.readInt();
                    }
                    return values;
                });
    }

    private static XdrType<long[]> longs(int max) {
        return type(
                4,
                (out, v) -> {
                    Xdr.writeCount(out, v.length, max);
                    for (long element : v) {
                        out.writeLong(element);
                    }
                },
                in -> {
                    long[] values = new long[Xdr.readCount(in, max, 8)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = in.readLong();
                    }
                    return values;
                });
    }

    static <T> XdrType<T> type(int minBytes, BiConsumer<ByteBuf, T> writer, Function<ByteBuf, T> reader) {
        return new XdrType<>() {
            @Override
            public void write(ByteBuf out, T value) {
                if (value == null) {
                    throw new XdrException("a value that may not be null is null");
                }
                writer.accept(out, value);
            }

            @Override
            public T read(ByteBuf in) {
                return reader.apply(in);
            }

            @Override
            public int minBytes() {
                return minBytes;
            }
        };
    }
}

package io.fairlead.rpc.xdr;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * The wire form of one record: its components in order, as its canonical constructor has them.
 *
 * <p>Built on first use, not at start-up: a session uses few of the hundreds of structs.
 */
public final class XdrCodec<R> implements XdrType<R> {
    /** REMOTE_STRING_MAX of remote_protocol.x. */
    public static final int STRING_MAX = 4_194_304;

    private static final ClassValue<XdrType<?>> CODECS = new ClassValue<>() {
        @Override
        protected XdrType<?> computeValue(Class<?> type) {
            return build(type);
        }
    };

    private final Class<R> type;
    private final MethodHandle constructor; // (Object[])Object
    private final MethodHandle[] getters; // (Object)Object
    private final XdrType<Object>[] fields;
    private final int minBytes;

    private XdrCodec(Class<R> type, MethodHandle constructor, MethodHandle[] getters, XdrType<Object>[] fields) {
        this.type = type;
        this.constructor = constructor;
        this.getters = getters;
        this.fields = fields;
        this.minBytes = Arrays.stream(fields).mapToInt(XdrType::minBytes).sum();
    }

    /** The codec of a record, or of a type marked {@link EncodedBy}; {@code Void} takes no bytes and is null. */
    @SuppressWarnings("unchecked") // CODECS maps a class to its own codec
    public static <T> XdrType<T> of(Class<T> type) {
        return (XdrType<T>) CODECS.get(type);
    }

    private static XdrType<?> build(Class<?> type) {
        if (type == Void.class) {
            return new VoidType();
        }
        try {
            EncodedBy encodedBy = type.getAnnotation(EncodedBy.class);
            if (encodedBy != null) {
                return encodedBy.value().getDeclaredConstructor().newInstance();
            }
            return ofRecord(type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("%s has no wire form".formatted(type.getName()), e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // component types are only known at run time
    private static XdrCodec<?> ofRecord(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException("%s is not a record".formatted(type.getName()));
        }
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodHandle[] getters = new MethodHandle[components.length];
        XdrType<Object>[] fields = new XdrType[components.length];
        for (int i = 0; i < components.length; i++) {
            getters[i] = lookup.unreflect(components[i].getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class));
            fields[i] = (XdrType<Object>) XdrTypes.of(components[i]);
        }
        Constructor<?> canonical = type.getConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
        MethodHandle constructor = lookup.unreflectConstructor(canonical)
                .asSpreader(Object[].class, components.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
        return new XdrCodec(type, constructor, getters, fields);
    }

    @Override
    public void write(ByteBuf out, R value) {
        for (int i = 0; i < fields.length; i++) {
            fields[i].write(out, get(i, value));
        }
    }

    private Object get(int index, Object value) {
        try {
            return (Object) getters[index].invokeExact(value);
        } catch (Throwable e) {
            throw new XdrException("cannot read component %d of %s".formatted(index, type.getName()), e);
        }
    }

    @Override
    public R read(ByteBuf in) {
        Object[] values = new Object[fields.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields[i].read(in);
        }
        try {
            return type.cast((Object) constructor.invokeExact(values));
        } catch (Throwable e) {
            throw new XdrException("%s refuses its components: %s".formatted(type.getSimpleName(), e.getMessage()), e);
        }
    }

    @Override
    public int minBytes() {
        return minBytes;
    }

    private static final class VoidType implements XdrType<Void> {
        @Override
        public void write(ByteBuf out, Void value) {
            // XDR's void takes no bytes
        }

        @Override
        public Void read(ByteBuf in) {
            return null;
        }

        @Override
        public int minBytes() {
            return 0;
        }
    }
}

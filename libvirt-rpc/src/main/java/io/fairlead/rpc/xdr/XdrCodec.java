package io.fairlead.rpc.xdr;

import io.netty.buffer.ByteBuf;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * The wire form of one record: its components in the order of its canonical constructor.
 *
 * <p>Built on first use, not at start-up: a session uses few of the hundreds of structs. Plain reflection, not method
 * handles: warm, a domain's info takes 80 ns against 30, but the first one of a process costs 20 ms against 70.
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
    private final Constructor<R> constructor;
    private final Method[] getters;
    private final XdrType<Object>[] fields;
    private final int minBytes;

    private XdrCodec(Class<R> type, Constructor<R> constructor, Method[] getters, XdrType<Object>[] fields) {
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
        Method[] getters = new Method[components.length];
        XdrType<Object>[] fields = new XdrType[components.length];
        for (int i = 0; i < components.length; i++) {
            getters[i] = components[i].getAccessor();
            fields[i] = (XdrType<Object>) XdrTypes.of(components[i]);
        }
        Constructor<?> constructor = type.getConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
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
            return getters[index].invoke(value);
        } catch (ReflectiveOperationException e) {
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
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new XdrException(
                    "%s refuses its components: %s"
                            .formatted(type.getSimpleName(), e.getCause().getMessage()),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new XdrException("cannot make %s".formatted(type.getName()), e);
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

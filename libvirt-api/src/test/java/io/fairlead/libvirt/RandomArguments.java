package io.fairlead.libvirt;

import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.protocol.TypedParam;
import io.fairlead.rpc.xdr.Max;
import io.fairlead.rpc.xdr.Nullable;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Makes well-formed arguments of any procedure, with unexpected values and some that exist. */
final class RandomArguments {
    private static final int[] INTS = {
        0, 0, 0, 1, 2, 3, 4, 7, 8, 16, 64, -1, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final String[] STRINGS = {
        "",
        "x",
        "a/b",
        "..",
        "lxc-tools",
        "<domain/>",
        "<domain type='lxc'>",
        "a\nb",
        "\u00e4\u20ac",
        "x".repeat(10_000)
    };

    private final Random random;
    private final List<DomainRef> known;

    RandomArguments(Random random, List<DomainRef> known) {
        this.random = random;
        this.known = known;
    }

    <A> A of(Signature<A, ?> signature) {
        return signature.args() == Void.class ? null : signature.args().cast(value(signature.args()));
    }

    private Object value(Class<?> type) {
        if (type == DomainRef.class && random.nextInt(4) > 0) {
            return known.get(random.nextInt(known.size()));
        }
        if (type == int.class) {
            return random.nextInt(5) == 0 ? random.nextInt() : INTS[random.nextInt(INTS.length)];
        }
        if (type == long.class) {
            return (long) INTS[random.nextInt(INTS.length)];
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == String.class) {
            return STRINGS[random.nextInt(STRINGS.length)];
        }
        if (type == UUID.class) {
            return new UUID(random.nextLong(), random.nextLong());
        }
        if (type == TypedParam.class) {
            return new TypedParam.UInt("x", random.nextInt());
        }
        return record(type);
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = component(components[i]);
            }
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot make a %s".formatted(type), e);
        }
    }

    private Object component(RecordComponent component) {
        if (component.isAnnotationPresent(Nullable.class) && random.nextBoolean()) {
            return null;
        }
        Class<?> type = component.getType();
        Max max = component.getAnnotation(Max.class);
        int length = max == null ? 0 : random.nextInt(Math.min(max.value(), 3) + 1);
        if (type == byte[].class) {
            return new byte[length];
        }
        if (type == int[].class) {
            return random.ints(length).toArray();
        }
        if (type == long[].class) {
            return random.longs(length).toArray();
        }
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                list.add(value(element));
            }
            return list;
        }
        return value(type);
    }
}

package io.fairlead.rpc.xdr;

import io.fairlead.rpc.protocol.TypedParam;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Fills any wire struct with values its limits allow. */
public final class RandomRecords {
    private static final int ELEMENTS_MAX = 4;

    private final Random random;

    public RandomRecords(Random random) {
        this.random = random;
    }

    public <T> T make(Class<T> type) {
        if (type == Void.class) {
            return null;
        }
        if (type == TypedParam.class) {
            return type.cast(param());
        }
        RecordComponent[] components = type.getRecordComponents();
        try {
            return type.getConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class[]::new))
                    .newInstance(Arrays.stream(components).map(this::value).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName(), e);
        }
    }

    private Object value(RecordComponent component) {
        if (component.isAnnotationPresent(Nullable.class) && random.nextBoolean()) {
            return null;
        }
        Class<?> type = component.getType();
        if (type == byte[].class) {
            byte[] bytes = new byte[random.nextInt(ELEMENTS_MAX * 3)];
            random.nextBytes(bytes);
            return bytes;
        }
        if (type == int[].class) {
            return random.ints(random.nextInt(ELEMENTS_MAX)).toArray();
        }
        if (type == long[].class) {
            return random.longs(random.nextInt(ELEMENTS_MAX)).toArray();
        }
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            List<Object> values = new ArrayList<>();
            for (int i = random.nextInt(ELEMENTS_MAX); i > 0; i--) {
                values.add(plain(element));
            }
            return values;
        }
        return plain(type);
    }

    private Object plain(Class<?> type) {
        if (type == int.class) {
            return random.nextInt();
        }
        if (type == long.class) {
            return random.nextLong();
        }
        if (type == double.class) {
            return random.nextDouble();
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == String.class) {
            return text();
        }
        return type == UUID.class ? new UUID(random.nextLong(), random.nextLong()) : make(type);
    }

    private String text() {
        return List.of("", "a", "hello", "gr\u00fc\u00dfe", "\ufffd", "\ud83d\ude00x")
                .get(random.nextInt(6));
    }

    private TypedParam param() {
        return switch (random.nextInt(7)) {
            case 0 -> new TypedParam.Int(text(), random.nextInt());
            case 1 -> new TypedParam.UInt(text(), random.nextInt());
            case 2 -> new TypedParam.LLong(text(), random.nextLong());
            case 3 -> new TypedParam.ULLong(text(), random.nextLong());
            case 4 -> new TypedParam.Dbl(text(), random.nextDouble());
            case 5 -> new TypedParam.Bool(text(), random.nextBoolean());
            default -> new TypedParam.Str(text(), text());
        };
    }
}
